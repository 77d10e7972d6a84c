// A Naskh font with the letters of our languages and nothing else: for phones whose own one has boxes for them.
import { readFile } from 'node:fs/promises';
import subsetFont from 'subset-font';

const SOURCE = '@fontsource/noto-naskh-arabic/files/noto-naskh-arabic-arabic-400-normal.woff2';

/** Urdu, Sindhi, Pashto, Punjabi and Saraiki: names and messages hold any of them, whatever our own texts use. */
const LETTERS =
  'ءآأؤئابپتثجچحخدذرزژسشصضطظعغفقکگلمنںوهہھۂةۃیىيےۓ' + // common
  'ٹڈڑ' + // Urdu, Punjabi, Saraiki
  'ٻڀٺٽٿڃڄڇڊڌڏڍڙڦڪڱڳڻ۽۾' + // Sindhi
  'ټځڅډړږښګڼېۍ' + // Pashto
  'ݙݨ' + // Saraiki
  '،؛؟۔٪';

/** The font as WOFF2. @param texts what our own pages say: every letter of it is in the font */
export async function naskh(texts) {
  const own = [...new Set(texts)].filter(letter => letter >= '\u0600' && letter <= '\u077f').join('');
  const source = await readFile(new URL(`../node_modules/${SOURCE}`, import.meta.url));
  return subsetFont(source, `${LETTERS}${own} `, { targetFormat: 'woff2' });
}
