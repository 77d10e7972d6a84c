// DRAFT: no native speaker has reviewed these texts (docs/languages.md).
// The page that tries phone and line, in Urdu.
import type { TryKey } from './try.en';

export const tryUr: Record<TryKey, string> = {
  tryTitle: 'اپنا فون آزمائیں',
  tryIntro: 'یہ صفحہ چند سیکنڈ میں بتائے گا کہ کیا چلے گا۔ کوئی نہیں سن رہا۔',
  tryGo: 'آزمائیں',
  tryRuns: 'آزمایا جا رہا ہے… کچھ بولیں',
  tryAgain: 'دوبارہ آزمائیں',
  tryMicrophone: 'مائیکروفون',
  tryVoice: 'بات چیت',
  tryPicture: 'تصویر',
  tryPhoto: 'فوٹو اور پیغامات',
  tryMade: 'آپ کی لائن: آنے میں {down}، جانے میں {up}، آنا جانا {ms}',
  'try-picture': 'سب ٹھیک ہے: آپ تصویر کے ساتھ بات کر سکتے ہیں۔',
  'try-voice': 'آپ بات کر سکتے ہیں۔ تصویر سست ہو گی یا نہیں آئے گی؛ فوٹو جائے گی۔',
  'try-thin': 'آپ چھوٹے جملوں میں بات کر سکتے ہیں۔ فوٹو میں چند منٹ لگیں گے۔',
  'try-notes': 'یہاں بات نہیں ہو سکے گی۔ ریکارڈ کی ہوئی باتیں اور فوٹو پہنچ جائیں گے۔',
  'try-silent': 'مائیکروفون کھلا ہے مگر آواز نہیں آ رہی۔ اونچا بولیں یا دوسرا فون استعمال کریں۔',
  'try-denied': 'مائیکروفون بند ہے۔ اس صفحے کو اجازت دیں۔',
  'try-browser': 'اس براؤزر میں کال نہیں ہو سکتی۔ یہ صفحہ کروم میں کھولیں۔',
  'try-offline': 'یہاں نیٹ ورک نہیں ہے۔',
};
