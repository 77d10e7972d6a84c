// DRAFT: no native speaker has reviewed these texts (docs/languages.md).
// The waiting line, calls and the data counter in Urdu.
import type { LineKey } from './line.en';

export const lineUr: Record<LineKey, string> = {
  next: 'اگلی باری آپ کی ہے',
  number: 'آپ کا نمبر {n} ہے',
  doctorOut: 'ڈاکٹر ذرا دیر کے لیے گئے ہیں۔ آپ کا نمبر محفوظ ہے۔',
  doctorBack: 'ڈاکٹر موجود ہیں۔',
  whose: 'کیا یہ آپ کا نام ہے؟',
  yes: 'جی ہاں',
  no: 'نہیں',
  calling: 'ڈاکٹر آپ کو بلا رہے ہیں',
  here: 'میں یہاں ہوں',
  call: 'ڈاکٹر کو بلائیں',
  called: 'ڈاکٹر کو بلایا گیا ہے۔ براہِ کرم انتظار کریں۔',
  used: '{mb}',
  usedPaid: '{mb} · {rs} روپے',
  limit: 'اس بات چیت میں کتنا ڈیٹا خرچ ہو؟',
  limitHint: 'اس کے بعد صرف آواز چلے گی، جتنی کم ہو سکے۔',
  noLimit: 'کوئی حد نہیں',
  reached: 'آپ کی ڈیٹا کی حد پوری ہو گئی: اب صرف آواز چلے گی۔',
};
