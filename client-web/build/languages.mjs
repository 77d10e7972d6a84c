// The languages of the patient's page: their message files, checked against the English one before anything is built.
import { readFile } from 'node:fs/promises';
import { build } from 'esbuild';

const FALLBACK = 'en';

async function read(page, code) {
  const bundled = await build({
    entryPoints: [`src/messages/${page}.${code}.ts`],
    bundle: true,
    write: false,
    format: 'esm',
    logLevel: 'warning',
  });
  const module = await import(
    `data:text/javascript;base64,${Buffer.from(bundled.outputFiles[0].contents).toString('base64')}`
  );
  const [texts] = Object.values(module);
  return texts;
}

const holes = text => (text.match(/\{\w+\}/g) ?? []).sort().join(' ');

/** What is wrong with one language's texts, each by file and key; empty where nothing is. */
export function complaints(file, texts, english) {
  const wrong = [];
  for (const [key, text] of Object.entries(english)) {
    if (!(key in texts)) wrong.push(`${file}: no "${key}"`);
    else if (typeof texts[key] !== 'string' || texts[key].trim() === '') wrong.push(`${file}: "${key}" is empty`);
    else if (holes(texts[key]) !== holes(text)) wrong.push(`${file}: "${key}" must hold ${holes(text) || 'no {hole}'}`);
  }
  for (const key of Object.keys(texts)) if (!(key in english)) wrong.push(`${file}: "${key}" is not in ${FALLBACK}`);
  return wrong;
}

/** All languages with the texts of several files together. */
export async function merged(...pages) {
  const parts = await Promise.all(pages.map(page => languages(page)));
  return parts[0].map((language, i) => {
    const all = parts.map(part => part[i].texts);
    const keys = all.flatMap(texts => Object.keys(texts));
    const twice = keys.filter((key, at) => keys.indexOf(key) !== at);
    if (twice.length > 0) throw new Error(`messages: in two files of ${language.code}: ${twice.join(', ')}`);
    return { ...language, texts: Object.assign({}, ...all) };
  });
}

/** `[{code, name, dir, draft, texts}]`, English first; all there are, or those of `codes`. Throws an error that names every missing key. */
export async function languages(page, codes) {
  const known = JSON.parse(await readFile('src/messages/languages.json', 'utf8'));
  const listed = codes ? known.filter(({ code }) => codes.includes(code)) : known;
  const all = [];
  for (const language of listed) all.push({ ...language, texts: await read(page, language.code) });
  const english = all.find(language => language.code === FALLBACK).texts;
  const wrong = all.flatMap(({ code, texts }) => complaints(`${page}.${code}.ts`, texts, english));
  if (wrong.length > 0) throw new Error(`messages:\n  ${wrong.join('\n  ')}`);
  return all;
}
