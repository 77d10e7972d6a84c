// DRAFT: no native speaker has reviewed these texts (docs/languages.md).
// What only the doctor has beside the call, in Urdu.
import type { ConsoleKey } from './console.en';

export const consoleUr: Record<ConsoleKey, string> = {
  callPatient: 'مریض کو بلائیں',
  patientCalled: 'مریض کو بلایا گیا',
  patientCalls: 'مریض آپ کو بلا رہا ہے',
  here: 'میں یہاں ہوں',
  request: 'فوٹو مانگیں',
  invite: 'مریض کو بلائیں',
  requestWhat: 'فوٹو میں کیا ہو؟',
  photos: 'فوٹو',
  save: 'محفوظ کریں',
  saveHint: 'پورا مشورہ محفوظ کریں: پیغامات، فوٹو، ریکارڈنگ',
  saving: 'محفوظ ہو رہا ہے…',
  saveFailed: 'محفوظ نہیں ہوا۔ دوبارہ کوشش کریں۔',
  zoomIn: 'بڑا کریں',
  zoomOut: 'چھوٹا کریں',
  compare: 'دوسری سے موازنہ کریں',
  alone: 'صرف ایک',
  nextPhoto: 'اگلی فوٹو',
  facts: '{w} × {h}، {kb} kB، {time}',
  hash: 'SHA-256 {sha}',
  smallPhoto: '800 × 600 سے کم: تشخیص کے لیے نہیں',
  viewerHint: 'بڑا کرنے کے لیے پہیہ یا + اور −، ہلانے کے لیے کھینچیں یا تیر کے بٹن، پورا دیکھنے کے لیے 0۔',
};
