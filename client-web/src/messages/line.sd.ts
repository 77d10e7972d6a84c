// DRAFT: no native speaker has reviewed these texts (docs/languages.md).
// The waiting line, calls and the data counter in Sindhi.
import type { LineKey } from './line.en';

export const lineSd: Record<LineKey, string> = {
  next: 'ايندڙ وارو توهان جو آهي',
  number: 'توهان جو نمبر {n} آهي',
  doctorOut: 'ڊاڪٽر ٿوري دير لاءِ ويو آهي. توهان جو نمبر محفوظ آهي.',
  doctorBack: 'ڊاڪٽر موجود آهي.',
  whose: 'ڇا هي توهان جو نالو آهي؟',
  yes: 'ها',
  no: 'نه',
  calling: 'ڊاڪٽر توهان کي سڏي رهيو آهي',
  here: 'مان هتي آهيان',
  call: 'ڊاڪٽر کي سڏيو',
  called: 'ڊاڪٽر کي سڏيو ويو آهي. مهرباني ڪري ترسو.',
  used: '{mb}',
  usedPaid: '{mb} · {rs} رپيا',
  limit: 'هن ڳالهه ٻولهه ۾ ڪيترو ڊيٽا خرچ ٿئي؟',
  limitHint: 'ان کان پوءِ صرف آواز هلندو، جيترو گهٽ ٿي سگهي.',
  noLimit: 'ڪا حد ناهي',
  reached: 'توهان جي ڊيٽا جي حد پوري ٿي وئي: هاڻي صرف آواز هلندو.',
};
