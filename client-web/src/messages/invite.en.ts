// The invitation in English, as doctors and clinics read it.
export const inviteEn = {
  title: 'Invitation',
  heading: 'Invite the patient',
  qr: 'The link as a sign for the camera of a phone',
  show: 'Show this sign: the patient points the phone’s camera at it.',
  link: 'The patient’s link',
  copy: 'Copy the link',
  copied: 'Copied',
  message: 'A message with the link',
  sms: 'Send as SMS',
  whatsapp: 'Share in WhatsApp',
  card: 'Print a card',
  try: 'Try phone and line without a doctor',
  secret: 'Whoever has this link comes in as the patient. Give it to nobody else.',
  over: 'The consultation is over.',
  'link-expired': 'This link is over.',
  'link-unknown': 'This link is not right.',
} as const;
export type InviteKey = keyof typeof inviteEn;
