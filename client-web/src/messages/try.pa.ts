// DRAFT: no native speaker has reviewed these texts (docs/languages.md).
// The page that tries phone and line, in Punjabi (Shahmukhi).
import type { TryKey } from './try.en';

export const tryPa: Record<TryKey, string> = {
  tryTitle: 'اپنا فون آزماؤ',
  tryIntro: 'ایہہ صفحہ کجھ سیکنڈاں وچ دسے گا کہ کیہ چلے گا۔ کوئی نہیں سن رہیا۔',
  tryGo: 'آزماؤ',
  tryRuns: 'آزمایا جا رہیا اے… کجھ بولو',
  tryAgain: 'فیر آزماؤ',
  tryMicrophone: 'مائیکروفون',
  tryVoice: 'گل بات',
  tryPicture: 'تصویر',
  tryPhoto: 'فوٹو تے سنیہے',
  tryMade: 'تہاڈی لائن: آون وچ {down}، جان وچ {up}، آنا جانا {ms}',
  'try-picture': 'سب ٹھیک اے: تسی تصویر نال گل کر سکدے او۔',
  'try-voice': 'تسی گل کر سکدے او۔ تصویر سست ہووے گی یا نہیں آوے گی؛ فوٹو جاوے گی۔',
  'try-thin': 'تسی نکے جملیاں وچ گل کر سکدے او۔ فوٹو وچ کجھ منٹ لگن گے۔',
  'try-notes': 'ایتھے گل نہیں ہو سکے گی۔ ریکارڈ کیتیاں گلاں تے فوٹو پہنچ جان گے۔',
  'try-silent': 'مائیکروفون کھلا اے پر آواز نہیں آ رہی۔ اچا بولو یا دوجا فون ورتو۔',
  'try-denied': 'مائیکروفون بند اے۔ ایس صفحے نوں اجازت دیو۔',
  'try-browser': 'ایس براؤزر وچ کال نہیں ہو سکدی۔ ایہہ صفحہ کروم وچ کھولو۔',
  'try-offline': 'ایتھے نیٹ ورک نہیں۔',
};
