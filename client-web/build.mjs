// Builds each page into one file with its script and style inside, and its compressed forms beside it:
//   node build.mjs            target/web/{patient,patient.LANGUAGE,doctor,ops,queue,try}.html, worker.js, assets/*-HASH.*, manifest.json,
//                             each with .br and .gz beside it; {letter,card,invite}.{html,json} for the server to fill in
//   node build.mjs --tests    target/test/*.test.mjs
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build, transform } from 'esbuild';
import { naskh } from './build/font.mjs';
import { languages, merged } from './build/languages.mjs';
import { prompts, SUBSTITUTE } from './build/prompts.mjs';

const PAGES = ['doctor', 'ops', 'queue'];
const WEB = 'target/web';
const TESTS = 'target/test';
// What a phone of the last five years or so runs; older ones are told so by the page itself.
const BROWSERS = ['chrome87', 'firefox78', 'safari14.1'];
// A patient on GPRS pays 1.5 s and more for each KB: a page that outgrows this fails the build.
const MOST_BROTLI_BYTES = { patient: 20_650, doctor: 22_000, ops: 10_000, queue: 6_000, try: 9_500 };
// What is loaded when the first screen stands (src/beside): pages with such a script, and the most that it may weigh.
const MOST_BESIDE_BYTES = { patient: 24_000, doctor: 23_500 };
// What is only convenient (src/patient/extras.ts), and the texts of a language that the page, or its later script, did not come in.
const MOST_EXTRAS_BYTES = 6_000;
const MOST_WORDS_BYTES = { words: 1_800, later: 2_500 };
const MOST_FONT_BYTES = 15_500;
// The page without script as it is before anything is filled in; filled in, it has 15,000 (LetterPageTest of signaling).
const MOST_LETTER_BYTES = 9_500;
const MOST_CARD_BYTES = 20_000;
const FILLED_IN = {
  letter: { most: MOST_LETTER_BYTES },
  card: { most: MOST_CARD_BYTES },
  // Doctors and clinics read it: as the console, in two languages.
  invite: { most: MOST_CARD_BYTES, codes: ['en', 'ur'], script: true },
};
// Of one language, with Opus: all screens, numbers and verdicts; nobody hears more than a few of them.
const MOST_SPOKEN_BYTES = 140_000;

const brotli = data =>
  brotliCompressSync(data, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 22,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: data.length,
    },
  });
const gzip = data => gzipSync(data, { level: 9 });
const hash = text => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

function bundle(entry, extra) {
  return build({
    ...(entry ? { entryPoints: [entry] } : {}),
    bundle: true,
    minify: true,
    write: false,
    target: BROWSERS,
    logLevel: 'warning',
    ...extra,
  });
}

/** Style of a script that comes later, minified and cut into rules, which go into the page's own sheet one by one. */
const cutStyle = {
  name: 'cut-style',
  setup(build) {
    build.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, 'utf8'), { loader: 'css', minify: true, target: BROWSERS });
      const rules = [];
      for (let depth = 0, from = 0, at = 0; at < code.length; at++) {
        if (code[at] === '{') depth++;
        if (code[at] !== '}' || --depth > 0) continue;
        rules.push(code.slice(from, at + 1).trim());
        from = at + 1;
      }
      return { contents: `export default ${JSON.stringify(rules)}`, loader: 'js' };
    });
  },
};

/** The script that the page loads later; answers its address, which changes with every byte of it. */
async function beside(name, define = {}) {
  const js = await bundle(`src/${name}/beside.ts`, {
    define,
    format: 'esm',
    charset: 'utf8',
    legalComments: 'none',
    metafile: true,
    plugins: [cutStyle],
  });
  const text = js.outputFiles[0].text.trim();
  const data = Buffer.from(text);
  const file = `${name}-${short(data)}.js`;
  await compressed(`assets/${file}`, data);
  console.log(parts(js.metafile).join('\n'));
  heavy(file, sizes(file, text), MOST_BESIDE_BYTES[name]);
  return `/assets/${file}`;
}

// Names that change with what they name; every digit of them is paid for on the first page.
const short = data => createHash('sha256').update(data).digest('hex').slice(0, 8);

async function compressed(file, data) {
  await writeFile(`${WEB}/${file}`, data);
  await writeFile(`${WEB}/${file}.br`, brotli(data));
  await writeFile(`${WEB}/${file}.gz`, gzip(data));
}

function heavy(file, br, most) {
  if (br > most) throw new Error(`${file} has ${br} bytes with brotli, more than ${most}`);
}

/** A script of its own below assets, `named` by what is in it; answers its address. */
async function asset(options, most, named) {
  const js = await bundle(undefined, { format: 'esm', charset: 'utf8', legalComments: 'none', ...options });
  const text = js.outputFiles[0].text.trim();
  const data = Buffer.from(text);
  const file = `${named(data)}.js`;
  await compressed(`assets/${file}`, data);
  heavy(file, sizes(file, text), most);
  return `/assets/${file}`;
}

/** The texts of each language as a script named `kind`, for a page that came in another one; answers what the page must know. */
async function words(kind, all) {
  const id = short(JSON.stringify(all));
  for (const { code, dir, texts } of all) {
    const contents = `export const code=${JSON.stringify(code)},dir=${JSON.stringify(dir)},texts=${JSON.stringify(texts)}`;
    await asset({ stdin: { contents } }, MOST_WORDS_BYTES[kind], () => `${kind}-${id}-${code}`);
  }
  return { id, codes: all.map(({ code }) => code) };
}

/** What `raabta:words` is in the page of one language. */
const speaks = ({ code, dir, texts }) => ({
  name: 'words',
  setup(build) {
    build.onResolve({ filter: /^raabta:words$/ }, () => ({ path: code, namespace: 'words' }));
    build.onLoad({ filter: /.*/, namespace: 'words' }, () => ({
      contents: `export const code=${JSON.stringify(code)};export const dir=${JSON.stringify(dir)};export const texts=${JSON.stringify(texts)}`,
    }));
  },
});

function sizes(label, text) {
  const data = Buffer.from(text);
  const [br, gz] = [brotli(data).length, gzip(data).length];
  console.log(
    `${label.padEnd(28)}${String(data.length).padStart(8)}${String(br).padStart(8)}${String(gz).padStart(8)}`,
  );
  return br;
}

/** The minified bytes that each source file put into the script, largest first: where the weight is. */
function parts(metafile) {
  const [output] = Object.values(metafile.outputs);
  return Object.entries(output.inputs)
    .sort((a, b) => b[1].bytesInOutput - a[1].bytesInOutput)
    .map(([file, { bytesInOutput }]) => `    ${file.padEnd(32)}${String(bytesInOutput).padStart(7)}`);
}

/** Every spoken screen of every language, under names that change with any of them; answers what the page must know. */
async function speech(all) {
  const found = prompts(all);
  const files = [];
  for (const [code, each] of Object.entries(found)) {
    let bytes = 0;
    for (const [prompt, kinds] of Object.entries(each)) {
      for (const [kind, file] of Object.entries(kinds)) {
        const data = await readFile(file);
        files.push({ name: `${code}-${prompt}.${kind}`, data });
        if (kind === 'opus') bytes += data.length;
      }
    }
    console.log(`spoken in ${code}: ${bytes} bytes of Opus in ${Object.keys(each).length} files`);
    if (bytes > MOST_SPOKEN_BYTES) throw new Error(`spoken in ${code}: more than ${MOST_SPOKEN_BYTES} bytes`);
  }
  const id = short(Buffer.concat(files.map(file => file.data)));
  for (const { name, data } of files) await writeFile(`${WEB}/assets/say-${id}-${name}`, data);
  const has = Object.fromEntries(Object.entries(found).map(([code, each]) => [code, Object.keys(each)]));
  return { id, has, substitute: SUBSTITUTE };
}

async function font(all) {
  const data = await naskh(all.map(({ texts }) => Object.values(texts).join('')).join(''));
  const file = `naskh-${short(data)}.woff2`;
  await writeFile(`${WEB}/assets/${file}`, data);
  console.log(`${file.padEnd(28)}${String(data.length).padStart(8)}`);
  if (data.length > MOST_FONT_BYTES) throw new Error(`${file} has ${data.length} bytes, more than ${MOST_FONT_BYTES}`);
  return `/assets/${file}`;
}

/** The patient's page in every language; all of them share what comes later, and `said`, which is what they speak. */
async function patientPages(all, late, spoken, said) {
  const later = {
    WORDS: JSON.stringify(await words('words', all)),
    BESIDE: JSON.stringify(await beside('patient', { LATER_WORDS: JSON.stringify(await words('later', late)) })),
    EXTRAS: JSON.stringify(
      await asset(
        {
          entryPoints: ['src/patient/extras.ts'],
          define: { NASKH: JSON.stringify(await font([...spoken, ...late])), PROMPTS: said },
        },
        MOST_EXTRAS_BYTES,
        data => `patient-extras-${short(data)}`,
      ),
    ),
  };
  // What changes any of the pages makes all of them another build: a phone keeps one of them (src/worker).
  const sources = await Promise.all(all.map(language => page('patient', { language, later, options: choices(all) })));
  const id = short(Buffer.from(sources.map(source => source.html).join('')));
  const pages = [];
  for (const [i, { code }] of all.entries()) {
    const name = code === 'en' ? 'patient.html' : `patient.${code}.html`;
    pages.push(await written(name, sources[i], MOST_BROTLI_BYTES.patient, id));
  }
  const worker = await bundle('src/worker/worker.ts', { format: 'iife', define: { BUILD: JSON.stringify(id) } });
  const text = worker.outputFiles[0].text.trim();
  sizes('worker.js', text);
  await compressed('worker.js', Buffer.from(text));
  return pages;
}

/** One for each language, in its own letters. */
const choices = all =>
  all.map(({ code, name, dir }) => `<option value="${code}" lang="${code}" dir="${dir}">${name}</option>`).join('');

async function page(name, { language, later = {}, options = '', script: scripted = true } = {}) {
  const [js, css, markup] = await Promise.all([
    scripted &&
      bundle(`src/${name}/main.ts`, {
        format: 'iife',
        charset: 'utf8',
        legalComments: 'none',
        metafile: true,
        define: later,
        plugins: language ? [speaks(language)] : [],
      }),
    bundle(`src/${name}/${name}.css`, { charset: 'utf8' }),
    readFile(`src/${name}/${name}.html`, 'utf8'),
  ]);
  const script = js ? js.outputFiles[0].text.trim() : '';
  const style = css.outputFiles[0].text.trim();
  if (/<\/script/i.test(script) || /<\/style/i.test(style))
    throw new Error(`${name}: a closing tag inside script or style`);
  const slim = markup
    .replace(/\n\s*/g, '')
    .replace(/(\d\.\d*?)0+(?=[^\d])/g, '$1')
    .replace('/*lang*/', language?.code ?? '')
    .replace('/*dir*/', language?.dir ?? '')
    .replace('/*languages*/', () => options);
  // Functions, because "$&" in a script must stay what it is.
  const html = slim.replace('/*style*/', () => style).replace('/*script*/', () => script);
  return { html, script, style, slim, metafile: js?.metafile };
}

async function written(file, { html, script, style, slim, metafile }, most, id = '') {
  const text = html.replace('/*build*/', id);
  await compressed(file, Buffer.from(text));
  const br = sizes(file, text);
  if (!/\.\w+\./.test(file)) {
    sizes('  markup', slim);
    sizes('  style', style);
    sizes('  script', script);
    console.log(parts(metafile).join('\n'));
  }
  heavy(file, br, most);
  // The server's Content-Security-Policy admits these and nothing else that is inline.
  const scripts = [...text.matchAll(/<script>(.*?)<\/script>/gs)].map(([, each]) => hash(each));
  return [file, { script: scripts.join(' '), style: hash(style), brotliBytes: br }];
}

/** A page that the server fills in: its markup with style and script inside, and its texts in every language it has. */
async function filledIn(name, { most, codes, script = false }) {
  const all = await languages(name, codes);
  const { html } = await page(name, { script });
  await writeFile(`${WEB}/${name}.html`, html);
  await writeFile(`${WEB}/${name}.json`, JSON.stringify(all.map(({ draft, ...language }) => language)));
  for (const { code, texts } of all) {
    const bytes = Buffer.byteLength(html + Object.values(texts).join(''));
    console.log(`${`${name}.${code}`.padEnd(28)}${String(bytes).padStart(8)}`);
    if (bytes > most) throw new Error(`${name}.${code}: ${bytes} bytes with all its texts, more than ${most}`);
  }
}

/** By the hash that consultations keep (docs/protocol.md, "join"): which words it stands for. */
const consents = all =>
  Object.fromEntries(
    all.map(({ texts }) => [createHash('sha256').update(texts.consent).digest('base64url'), texts.consent]),
  );

async function buildPages() {
  await rm(WEB, { recursive: true, force: true });
  await mkdir(`${WEB}/assets`, { recursive: true });
  console.log(`${'bytes'.padStart(36)}${'brotli'.padStart(8)}${'gzip'.padStart(8)}`);
  const all = await languages('patient');
  const late = (await merged('beside', 'line')).filter(({ code }) => code !== 'en');
  const spoken = await merged('patient', 'line', 'try');
  const said = JSON.stringify(await speech(spoken));
  const pages = await patientPages(all, late, spoken, said);
  const trying = await page('try', { later: { PROMPTS: said }, options: choices(all) });
  pages.push(await written('try.html', trying, MOST_BROTLI_BYTES.try));
  for (const name of PAGES) {
    const later = name in MOST_BESIDE_BYTES ? { BESIDE: JSON.stringify(await beside(name)) } : {};
    pages.push(await written(`${name}.html`, await page(name, { later }), MOST_BROTLI_BYTES[name]));
  }
  for (const [name, wishes] of Object.entries(FILLED_IN)) await filledIn(name, wishes);
  await writeFile(
    `${WEB}/manifest.json`,
    JSON.stringify({ pages: Object.fromEntries(pages), consents: consents(all) }, null, 2) + '\n',
  );
}

async function buildTests() {
  await rm(TESTS, { recursive: true, force: true });
  const files = (await readdir('test')).filter(file => file.endsWith('.test.ts'));
  await build({
    entryPoints: files.map(file => `test/${file}`),
    outdir: TESTS,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['esbuild'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
}

await (process.argv.includes('--tests') ? buildTests() : buildPages());
