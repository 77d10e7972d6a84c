// The waiting line, calls and the data counter on the patient's page; loaded after it. The other languages follow these keys.
export const lineEn = {
  next: 'You are next',
  number: 'Your number is {n}',
  doctorOut: 'The doctor is away for a moment. You keep your place.',
  doctorBack: 'The doctor is here.',
  whose: 'Is this your name?',
  yes: 'Yes',
  no: 'No',
  calling: 'The doctor is calling you',
  here: 'I am here',
  call: 'Call the doctor',
  called: 'The doctor has been called. Please wait.',
  used: '{mb}',
  usedPaid: '{mb} · Rs {rs}',
  limit: 'How much data may this talk use?',
  limitHint: 'After that only the voice goes on, as thin as it can be.',
  noLimit: 'No limit',
  reached: 'Your data limit is used up: only the voice goes on.',
} as const;
export type LineKey = keyof typeof lineEn;
