// DRAFT: no native speaker has reviewed these texts (docs/languages.md).
// The card and its message in Saraiki.
import type { CardKey } from './card.en';

export const cardSkr: Record<CardKey, string> = {
  title: 'ڈاکٹر نال صلاح',
  heading: 'ڈاکٹر نال ڳالھ کرو',
  qr: 'لنک، فون دے کیمرے کیتے نشان دی شکل وچ',
  step1: 'فون دا کیمرا اتھاں کرو تے لنک دباؤ',
  step2: 'وݙا بٹݨ دباؤ',
  step3: 'ڳالھ کرو',
  'opens-text': 'کھلݨ دا ویلا:',
  'until-text': 'آخری ویلا:',
  sos: 'ایمرجنسی: {number} تے فون کرو',
  print: 'ایہ صفحہ A5 کاغذ تے چھاپو۔',
  invitation: 'اتھاں ڈاکٹر نال ڳالھ کرو۔ لنک دباؤ، وݙا بٹݨ دباؤ، تے ٻولو:',
  over: 'صلاح مک ڳئی ہے۔',
  'link-expired': 'ایں لنک دا ویلا مک ڳئے۔',
  'link-unknown': 'ایہ لنک ٹھیک کائنی۔',
};
