// DRAFT: no native speaker has reviewed these texts (docs/languages.md).
// The waiting line, calls and the data counter in Pashto.
import type { LineKey } from './line.en';

export const linePs: Record<LineKey, string> = {
  next: 'ورپسې وار ستاسو دی',
  number: 'ستاسو شمېره {n} ده',
  doctorOut: 'ډاکټر لږ وخت ته تللی دی. ستاسو وار ساتل شوی.',
  doctorBack: 'ډاکټر دلته دی.',
  whose: 'دا ستاسو نوم دی؟',
  yes: 'هو',
  no: 'نه',
  calling: 'ډاکټر تاسو غواړي',
  here: 'زه دلته یم',
  call: 'ډاکټر راوغواړئ',
  called: 'ډاکټر ته خبر ورکړل شو. مهرباني وکړئ انتظار وکړئ.',
  used: '{mb}',
  usedPaid: '{mb} · {rs} روپۍ',
  limit: 'په دې خبرو کې څومره ډیټا ولګي؟',
  limitHint: 'له دې وروسته به یوازې غږ وي، هغه هم لږ.',
  noLimit: 'حد نشته',
  reached: 'ستاسو د ډیټا حد پوره شو: اوس یوازې غږ دی.',
};
