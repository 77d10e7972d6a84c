// joins screenshots side by side with the browser
import fs from 'node:fs';
import puppeteer from 'puppeteer-core';
const [out, ...names] = process.argv.slice(2);
const b = await puppeteer.launch({ executablePath: '/usr/bin/chromium', headless: true, args: ['--no-sandbox'] });
const p = await b.newPage();
const w = names.length * 370;
await p.setViewport({ width: w, height: 650 });
await p.setContent('<body style="margin:0;display:flex;gap:10px">' + names.map(n => `<img style="height:640px" src="data:image/png;base64,${fs.readFileSync(n).toString('base64')}">`).join(''));
await p.screenshot({ path: out });
await b.close();
