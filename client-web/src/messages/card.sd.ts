// DRAFT: no native speaker has reviewed these texts (docs/languages.md).
// The card and its message in Sindhi.
import type { CardKey } from './card.en';

export const cardSd: Record<CardKey, string> = {
  title: 'ڊاڪٽر سان صلاح',
  heading: 'ڊاڪٽر سان ڳالهايو',
  qr: 'لنڪ، فون جي ڪئميرا لاءِ نشان جي صورت ۾',
  step1: 'فون جي ڪئميرا هتي ڪريو ۽ لنڪ دٻايو',
  step2: 'وڏو بٽڻ دٻايو',
  step3: 'ڳالهايو',
  'opens-text': 'کلڻ جو وقت:',
  'until-text': 'آخري وقت:',
  sos: 'ايمرجنسي: {number} تي فون ڪريو',
  print: 'هي صفحو A5 ڪاغذ تي ڇاپيو.',
  invitation: 'هتي ڊاڪٽر سان ڳالهايو. لنڪ دٻايو، وڏو بٽڻ دٻايو، ۽ ڳالهايو:',
  over: 'صلاح پوري ٿي وئي آهي.',
  'link-expired': 'هن لنڪ جو وقت ختم ٿي ويو آهي.',
  'link-unknown': 'هي لنڪ صحيح ناهي.',
};
