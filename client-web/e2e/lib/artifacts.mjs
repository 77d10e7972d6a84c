// Where screenshots and logs stay after a run (git-ignored).
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
export const artifacts = path.join(repository, 'artifacts');
fs.mkdirSync(path.join(artifacts, 'screens'), { recursive: true });
fs.mkdirSync(path.join(artifacts, 'logs'), { recursive: true });

export function logFile(name) {
  return fs.createWriteStream(path.join(artifacts, 'logs', `${name}.log`), { flags: 'a' });
}

const sizes = { phone: { width: 360, height: 640 }, desktop: { width: 1366, height: 768 } };

/** The page as it looks now, narrow and wide. */
export async function screenshots(page, name) {
  for (const [size, viewport] of Object.entries(sizes)) {
    await page.setViewport(viewport);
    await page.screenshot({ path: path.join(artifacts, 'screens', `${name}-${size}.png`) });
  }
}
