// What a patient is given: the printed card, and the message that carries the link. The other languages follow these keys.
export const cardEn = {
  title: 'Consultation',
  heading: 'Talk to the doctor',
  qr: 'The link as a sign for the camera of a phone',
  step1: 'Point the phone’s camera here and tap the link',
  step2: 'Press the big button',
  step3: 'Speak',
  'opens-text': 'Opens:',
  'until-text': 'Good until:',
  sos: 'Emergency: call {number}',
  print: 'Print this page on A5 paper.',
  invitation: 'Talk to the doctor here. Tap the link, press the big button, and speak:',
  over: 'The consultation is over.',
  'link-expired': 'This link is over.',
  'link-unknown': 'This link is not right.',
} as const;
export type CardKey = keyof typeof cardEn;
