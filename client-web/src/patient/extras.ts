// Loaded after everything that a consultation needs (src/patient/extra.ts).
import { byId, show } from '../shared/dom';
import type { Extras, ExtrasHost } from './extra';
import { Speech } from '../shared/speech';
import { affords, erase, keepPage, link } from './stay';

/** A Naskh font with our languages' letters; filled in by the build. */
declare const NASKH: string;
const NASKH_FAMILY = 'Raabta Naskh';

/** The phone's own font stays until it is there, and if it never comes. */
async function dress(): Promise<void> {
  const font = new FontFace(NASKH_FAMILY, `url(${NASKH})`, { unicodeRange: 'U+600-77F' });
  document.fonts.add(await font.load());
}

export function begin(host: ExtrasHost): Extras {
  let calling = false;
  let greeted = false;
  let dressed = false;
  const speech = new Speech({
    language: () => host.language(),
    mayFetch: () => !calling && affords(link()),
    replayable: there => show(byId('listen'), there),
  });
  byId('listen').onclick = () => void speech.again();
  const tell = (): void => {
    const { news } = document.documentElement.dataset;
    if (news && !calling) void speech.news(news);
  };
  document.addEventListener('raabta-news', tell);
  void keepPage(affords(link()));
  return {
    shown(said, inCall) {
      calling = inCall;
      if (inCall) speech.silence();
      else void speech.screen(said);
      if (!greeted) tell(); // what came before this script
      greeted = true;
      if (!inCall && !dressed && document.documentElement.dir === 'rtl' && affords(link())) {
        dressed = true;
        dress().catch(() => (dressed = false));
      }
    },
    async erase() {
      await erase();
      host.erased();
    },
  };
}
