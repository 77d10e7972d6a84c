// DRAFT: no native speaker has reviewed these texts (docs/languages.md).
// The invitation in Urdu.
import type { InviteKey } from './invite.en';

export const inviteUr: Record<InviteKey, string> = {
  title: 'دعوت',
  heading: 'مریض کو بلائیں',
  qr: 'لنک، فون کے کیمرے کے لیے نشان کی صورت میں',
  show: 'یہ نشان دکھائیں: مریض فون کا کیمرا اس کے سامنے کرے۔',
  link: 'مریض کا لنک',
  copy: 'لنک کاپی کریں',
  copied: 'کاپی ہو گیا',
  message: 'لنک کے ساتھ پیغام',
  sms: 'SMS سے بھیجیں',
  whatsapp: 'واٹس ایپ پر بھیجیں',
  card: 'کارڈ چھاپیں',
  try: 'ڈاکٹر کے بغیر فون اور لائن آزمائیں',
  secret: 'جس کے پاس یہ لنک ہو وہ مریض کے طور پر آ سکتا ہے۔ کسی اور کو نہ دیں۔',
  over: 'مشورہ مکمل ہو گیا ہے۔',
  'link-expired': 'اس لنک کا وقت ختم ہو گیا ہے۔',
  'link-unknown': 'یہ لنک درست نہیں ہے۔',
};
