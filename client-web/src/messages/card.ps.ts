// DRAFT: no native speaker has reviewed these texts (docs/languages.md).
// The card and its message in Pashto.
import type { CardKey } from './card.en';

export const cardPs: Record<CardKey, string> = {
  title: 'له ډاکټر سره مشوره',
  heading: 'له ډاکټر سره خبرې وکړئ',
  qr: 'لینک د ټیلیفون د کامرې لپاره د نښې په بڼه',
  step1: 'د ټیلیفون کامره دلته ونیسئ او لینک کېکاږئ',
  step2: 'لویه تڼۍ کېکاږئ',
  step3: 'خبرې وکړئ',
  'opens-text': 'د خلاصېدو وخت:',
  'until-text': 'وروستی وخت:',
  sos: 'بیړنی حالت: {number} ته زنګ ووهئ',
  print: 'دا پاڼه په A5 کاغذ چاپ کړئ.',
  invitation: 'دلته له ډاکټر سره خبرې وکړئ. لینک کېکاږئ، لویه تڼۍ کېکاږئ، او خبرې وکړئ:',
  over: 'مشوره پای ته ورسېده.',
  'link-expired': 'د دې لینک وخت پای ته رسېدلی.',
  'link-unknown': 'دا لینک سم نه دی.',
};
