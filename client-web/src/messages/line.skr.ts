// DRAFT: no native speaker has reviewed these texts (docs/languages.md).
// The waiting line, calls and the data counter in Saraiki.
import type { LineKey } from './line.en';

export const lineSkr: Record<LineKey, string> = {
  next: 'اگلی واری تہاڈی ہے',
  number: 'تہاڈا نمبر {n} ہے',
  doctorOut: 'ڈاکٹر تھوڑی دیر کیتے ڳئے ہن۔ تہاڈا نمبر محفوظ ہے۔',
  doctorBack: 'ڈاکٹر موجود ہے۔',
  whose: 'کیا ایہ تہاڈا ناں ہے؟',
  yes: 'ہا',
  no: 'نہ',
  calling: 'ڈاکٹر تہاکوں سڈیندے پئے ہن',
  here: 'میں اتھاں ہاں',
  call: 'ڈاکٹر کوں سڈو',
  called: 'ڈاکٹر کوں سڈیا ڳیا ہے۔ مہربانی کر کے انتظار کرو۔',
  used: '{mb}',
  usedPaid: '{mb} · {rs} روپئے',
  limit: 'ایں ڳالھ مہاڑ وچ کتنا ڈیٹا خرچ تھیوے؟',
  limitHint: 'اوندے بعد صرف آواز چلسی، جتنی گھٹ تھی سڳے۔',
  noLimit: 'کوئی حد کائنی',
  reached: 'تہاڈی ڈیٹا دی حد پوری تھی ڳئی: ہݨ صرف آواز چلسی۔',
};
