// DRAFT: no native speaker has reviewed these texts (docs/languages.md).
// The page that tries phone and line, in Pashto.
import type { TryKey } from './try.en';

export const tryPs: Record<TryKey, string> = {
  tryTitle: 'خپل ټیلیفون وازمویئ',
  tryIntro: 'دا پاڼه به په څو ثانیو کې ووایي چې څه به کار وکړي. هیڅوک نه اوري.',
  tryGo: 'وازمویئ',
  tryRuns: 'ازمویل کیږي… یو څه ووایئ',
  tryAgain: 'بیا وازمویئ',
  tryMicrophone: 'مایکروفون',
  tryVoice: 'خبرې',
  tryPicture: 'انځور',
  tryPhoto: 'عکسونه او پیغامونه',
  tryMade: 'ستاسو لیکه: راتلل {down}، تلل {up}، تګ راتګ {ms}',
  'try-picture': 'هر څه سم دي: د انځور سره خبرې کولای شئ.',
  'try-voice': 'خبرې کولای شئ. انځور به ورو وي یا به نه وي؛ عکس ځي.',
  'try-thin': 'په لنډو جملو خبرې کولای شئ. عکس څو دقیقې نیسي.',
  'try-notes': 'دلته خبرې نه کیږي. ثبت شوې خبرې او عکسونه رسیږي.',
  'try-silent': 'مایکروفون خلاص دی خو غږ نه اورېدل کیږي. لوړ ووایئ یا بل ټیلیفون وکاروئ.',
  'try-denied': 'مایکروفون بند دی. دې پاڼې ته اجازه ورکړئ.',
  'try-browser': 'دا براوزر زنګ نه شي وهلی. دا پاڼه په کروم کې خلاصه کړئ.',
  'try-offline': 'دلته شبکه نشته.',
};
