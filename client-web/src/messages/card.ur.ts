// DRAFT: no native speaker has reviewed these texts (docs/languages.md).
// The card and its message in Urdu.
import type { CardKey } from './card.en';

export const cardUr: Record<CardKey, string> = {
  title: 'ڈاکٹر سے مشورہ',
  heading: 'ڈاکٹر سے بات کریں',
  qr: 'لنک، فون کے کیمرے کے لیے نشان کی صورت میں',
  step1: 'فون کا کیمرا یہاں کریں اور لنک دبائیں',
  step2: 'بڑا بٹن دبائیں',
  step3: 'بات کریں',
  'opens-text': 'کھلنے کا وقت:',
  'until-text': 'آخری وقت:',
  sos: 'ایمرجنسی: {number} پر فون کریں',
  print: 'یہ صفحہ A5 کاغذ پر چھاپیں۔',
  invitation: 'یہاں ڈاکٹر سے بات کریں۔ لنک دبائیں، بڑا بٹن دبائیں، اور بولیں:',
  over: 'مشورہ مکمل ہو گیا ہے۔',
  'link-expired': 'اس لنک کا وقت ختم ہو گیا ہے۔',
  'link-unknown': 'یہ لنک درست نہیں ہے۔',
};
