// Builds each page into one file with its script and style inside, and its compressed forms beside it:
//   node build.mjs            target/web/{patient,doctor,ops}.html, assets/{patient,doctor}-HASH.js, .br, .gz, manifest.json
//   node build.mjs --tests    target/test/*.test.mjs
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build, transform } from 'esbuild';

const PAGES = ['patient', 'doctor', 'ops'];
const WEB = 'target/web';
const TESTS = 'target/test';
// What a phone of the last five years or so runs; older ones are told so by the page itself.
const BROWSERS = ['chrome87', 'firefox78', 'safari14.1'];
// A patient on GPRS pays 1.5 s and more for each KB: a page that outgrows this fails the build.
const MOST_BROTLI_BYTES = { patient: 19_000, doctor: 22_000, ops: 10_000 };
// What is loaded when the first screen stands (src/beside): pages with such a script, and the most that it may weigh.
const MOST_BESIDE_BYTES = { patient: 22_500, doctor: 22_500 };

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
    entryPoints: [entry],
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
async function beside(name) {
  const js = await bundle(`src/${name}/beside.ts`, {
    format: 'esm',
    charset: 'utf8',
    legalComments: 'none',
    metafile: true,
    plugins: [cutStyle],
  });
  const text = js.outputFiles[0].text.trim();
  const data = Buffer.from(text);
  const file = `${name}-${createHash('sha256').update(data).digest('hex').slice(0, 12)}.js`;
  await writeFile(`${WEB}/assets/${file}`, data);
  await writeFile(`${WEB}/assets/${file}.br`, brotli(data));
  await writeFile(`${WEB}/assets/${file}.gz`, gzip(data));
  const br = sizes(file, text);
  console.log(parts(js.metafile).join('\n'));
  if (br > MOST_BESIDE_BYTES[name])
    throw new Error(`${file} has ${br} bytes with brotli, more than ${MOST_BESIDE_BYTES[name]}`);
  return `/assets/${file}`;
}

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

async function page(name) {
  const later = name in MOST_BESIDE_BYTES ? { define: { BESIDE: JSON.stringify(await beside(name)) } } : {};
  const [js, css, markup] = await Promise.all([
    bundle(`src/${name}/main.ts`, { format: 'iife', charset: 'utf8', legalComments: 'none', metafile: true, ...later }),
    bundle(`src/${name}/${name}.css`, { charset: 'utf8' }),
    readFile(`src/${name}/${name}.html`, 'utf8'),
  ]);
  const script = js.outputFiles[0].text.trim();
  const style = css.outputFiles[0].text.trim();
  if (/<\/script/i.test(script) || /<\/style/i.test(style))
    throw new Error(`${name}: a closing tag inside script or style`);
  const slim = markup.replace(/\n\s*/g, '');
  // Functions, because "$&" in a script must stay what it is.
  const html = slim.replace('/*style*/', () => style).replace('/*script*/', () => script);
  const data = Buffer.from(html);
  await writeFile(`${WEB}/${name}.html`, data);
  await writeFile(`${WEB}/${name}.html.br`, brotli(data));
  await writeFile(`${WEB}/${name}.html.gz`, gzip(data));
  const br = sizes(`${name}.html`, html);
  sizes('  markup', slim);
  sizes('  style', style);
  sizes('  script', script);
  console.log(parts(js.metafile).join('\n'));
  if (br > MOST_BROTLI_BYTES[name])
    throw new Error(`${name}.html has ${br} bytes with brotli, more than ${MOST_BROTLI_BYTES[name]}`);
  // The server's Content-Security-Policy admits these two and nothing else that is inline.
  return [`${name}.html`, { script: hash(script), style: hash(style), brotliBytes: br }];
}

async function buildPages() {
  await rm(WEB, { recursive: true, force: true });
  await mkdir(`${WEB}/assets`, { recursive: true });
  console.log(`${'bytes'.padStart(36)}${'brotli'.padStart(8)}${'gzip'.padStart(8)}`);
  const pages = [];
  for (const name of PAGES) pages.push(await page(name));
  await writeFile(`${WEB}/manifest.json`, JSON.stringify({ pages: Object.fromEntries(pages) }, null, 2) + '\n');
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
    sourcemap: 'inline',
    logLevel: 'warning',
  });
}

await (process.argv.includes('--tests') ? buildTests() : buildPages());
