// DRAFT: no native speaker has reviewed these texts (docs/languages.md).
// The card and its message in Punjabi in Shahmukhi.
import type { CardKey } from './card.en';

export const cardPa: Record<CardKey, string> = {
  title: 'ڈاکٹر نال صلاح',
  heading: 'ڈاکٹر نال گل کرو',
  qr: 'لنک، فون دے کیمرے لئی نشان دی شکل وچ',
  step1: 'فون دا کیمرا ایتھے کرو تے لنک دباؤ',
  step2: 'وڈا بٹن دباؤ',
  step3: 'گل کرو',
  'opens-text': 'کھلن دا ویلا:',
  'until-text': 'آخری ویلا:',
  sos: 'ایمرجنسی: {number} تے فون کرو',
  print: 'ایہہ صفحہ A5 کاغذ تے چھاپو۔',
  invitation: 'ایتھے ڈاکٹر نال گل کرو۔ لنک دباؤ، وڈا بٹن دباؤ، تے بولو:',
  over: 'صلاح مک گئی اے۔',
  'link-expired': 'ایس لنک دا ویلا مک گیا اے۔',
  'link-unknown': 'ایہہ لنک ٹھیک نہیں۔',
};
