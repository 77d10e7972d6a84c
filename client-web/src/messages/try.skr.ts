// DRAFT: no native speaker has reviewed these texts (docs/languages.md).
// The page that tries phone and line, in Saraiki.
import type { TryKey } from './try.en';

export const trySkr: Record<TryKey, string> = {
  tryTitle: 'اپݨا فون آزماؤ',
  tryIntro: 'ایہ صفحہ کجھ سیکنڈاں وچ ڈسیسی جو کیا چلسی۔ کوئی نہیں سݨدا پیا۔',
  tryGo: 'آزماؤ',
  tryRuns: 'آزمایا ویندا پئے… کجھ ٻولو',
  tryAgain: 'ولا آزماؤ',
  tryMicrophone: 'مائیکروفون',
  tryVoice: 'ڳالھ مہاڑ',
  tryPicture: 'تصویر',
  tryPhoto: 'فوٹو تے سنیہے',
  tryMade: 'تہاڈی لائن: آوݨ وچ {down}، ونڄݨ وچ {up}، آوݨ ونڄݨ {ms}',
  'try-picture': 'سب ٹھیک ہے: تساں تصویر نال ڳالھ کر سڳدے وے۔',
  'try-voice': 'تساں ڳالھ کر سڳدے وے۔ تصویر سست ہوسی یا نہ آسی؛ فوٹو ویسی۔',
  'try-thin': 'تساں نکے جملیاں وچ ڳالھ کر سڳدے وے۔ فوٹو وچ کجھ منٹ لڳسن۔',
  'try-notes': 'اتھاں ڳالھ نہ تھی سڳسی۔ ریکارڈ کیتیاں ڳالھیں تے فوٹو پہنچ ویسن۔',
  'try-silent': 'مائیکروفون کھلا ہے پر آواز نہیں آندی۔ اچا ٻولو یا ٻیا فون ورتو۔',
  'try-denied': 'مائیکروفون بند ہے۔ ایں صفحے کوں اجازت ڈیوو۔',
  'try-browser': 'ایں براؤزر وچ کال نہیں تھی سڳدی۔ ایہ صفحہ کروم وچ کھولو۔',
  'try-offline': 'اتھاں نیٹ ورک کائنی۔',
};
