// DRAFT: no native speaker has reviewed these texts (docs/languages.md).
// The page that tries phone and line, in Sindhi.
import type { TryKey } from './try.en';

export const trySd: Record<TryKey, string> = {
  tryTitle: 'پنهنجو فون آزمايو',
  tryIntro: 'هي صفحو ڪجهه سيڪنڊن ۾ ٻڌائيندو ته ڇا هلندو. ڪير به نٿو ٻڌي.',
  tryGo: 'آزمايو',
  tryRuns: 'آزمايو پيو وڃي… ڪجهه ڳالهايو',
  tryAgain: 'ٻيهر آزمايو',
  tryMicrophone: 'مائيڪروفون',
  tryVoice: 'ڳالهه ٻولهه',
  tryPicture: 'تصوير',
  tryPhoto: 'فوٽو ۽ پيغام',
  tryMade: 'توهان جي لائين: اچڻ ۾ {down}، وڃڻ ۾ {up}، اچڻ وڃڻ {ms}',
  'try-picture': 'سڀ ٺيڪ آهي: توهان تصوير سان ڳالهائي سگهو ٿا.',
  'try-voice': 'توهان ڳالهائي سگهو ٿا. تصوير سست هوندي يا نه ايندي؛ فوٽو ويندو.',
  'try-thin': 'توهان ننڍن جملن ۾ ڳالهائي سگهو ٿا. فوٽو ۾ ڪجهه منٽ لڳندا.',
  'try-notes': 'هتي ڳالهه نه ٿيندي. رڪارڊ ٿيل ڳالهيون ۽ فوٽو پهچي ويندا.',
  'try-silent': 'مائيڪروفون کليل آهي پر آواز نٿو اچي. وڏي آواز ۾ ڳالهايو يا ٻيو فون استعمال ڪريو.',
  'try-denied': 'مائيڪروفون بند آهي. هن صفحي کي اجازت ڏيو.',
  'try-browser': 'هن برائوزر ۾ ڪال نٿي ٿي سگهي. هي صفحو ڪروم ۾ کوليو.',
  'try-offline': 'هتي نيٽ ورڪ ناهي.',
};
