// DRAFT: no native speaker has reviewed these texts (docs/languages.md).
// The waiting line, calls and the data counter in Punjabi (Shahmukhi).
import type { LineKey } from './line.en';

export const linePa: Record<LineKey, string> = {
  next: 'اگلی واری تہاڈی اے',
  number: 'تہاڈا نمبر {n} اے',
  doctorOut: 'ڈاکٹر تھوڑی دیر لئی گئے نیں۔ تہاڈا نمبر محفوظ اے۔',
  doctorBack: 'ڈاکٹر موجود اے۔',
  whose: 'کیہ ایہہ تہاڈا ناں اے؟',
  yes: 'ہاں',
  no: 'نہیں',
  calling: 'ڈاکٹر تہانوں بلا رہے نیں',
  here: 'میں ایتھے آں',
  call: 'ڈاکٹر نوں بلاؤ',
  called: 'ڈاکٹر نوں بلایا گیا اے۔ مہربانی کر کے اڈیکو۔',
  used: '{mb}',
  usedPaid: '{mb} · {rs} روپئے',
  limit: 'ایس گل بات وچ کنا ڈیٹا خرچ ہووے؟',
  limitHint: 'اوس توں بعد صرف آواز چلے گی، جنی گھٹ ہو سکے۔',
  noLimit: 'کوئی حد نہیں',
  reached: 'تہاڈی ڈیٹا دی حد پوری ہو گئی: ہن صرف آواز چلے گی۔',
};
