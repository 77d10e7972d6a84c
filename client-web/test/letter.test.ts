import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { languages } from '../build/languages.mjs';

test('the page without script holds texts that there are, and nothing that loads or runs', async () => {
  const markup = await readFile('src/letter/letter.html', 'utf8');
  assert.doesNotMatch(markup, /<script|\son\w+=|src=|url\(/);
  const [english] = await languages('letter');
  const own = ['lang', 'dir', 'number', 'notices', 'draft', 'most', 'text', 'number-given', 'languages'];
  const holes = [...markup.matchAll(/\{\{([\w-]+)\}\}/g)].map(([, name]) => name as string);
  assert.ok(holes.length > 15);
  for (const hole of holes) assert.ok(own.includes(hole) || hole in (english?.texts ?? {}), hole);
});
