// The page that tries phone and line without a doctor. The other languages follow these keys.
export const tryEn = {
  tryTitle: 'Try your phone',
  tryIntro: 'In a few seconds this page tells what will work. Nobody listens.',
  tryGo: 'Try it',
  tryRuns: 'Trying… please say something',
  tryAgain: 'Try again',
  tryMicrophone: 'Microphone',
  tryVoice: 'Talking',
  tryPicture: 'Picture',
  tryPhoto: 'Photos and messages',
  tryMade: 'Your line: {down} down, {up} up, {ms} there and back',
  'try-picture': 'All is well: you can talk with picture.',
  'try-voice': 'You can talk. The picture will be slow or missing; photos work.',
  'try-thin': 'You can talk in short sentences. Photos take minutes.',
  'try-notes': 'Talking will not work here. Recorded words and photos will get through.',
  'try-silent': 'The microphone is on, but nothing is heard. Speak louder, or use another phone.',
  'try-denied': 'The microphone is blocked. Allow it for this page.',
  'try-browser': 'This browser cannot make calls. Open this page in Chrome.',
  'try-offline': 'There is no network here.',
} as const;
export type TryKey = keyof typeof tryEn;
