// The consultation as one file, for the clinic's records (docs/protocol.md, "Plain HTTP").
import { button, phrases, relabel, words } from './words';

const NAME = /filename="([\w.-]+)"/;
// A browser reads the file some time after the press.
const FORGET_AFTER_MS = 60_000;

/** A button that fetches the consultation and has the browser keep it. */
export function exportButton(token: string): HTMLButtonElement {
  const made = button('export', 'save', 'plain', () => void save());
  made.title = words('saveHint');
  made.setAttribute('aria-live', 'polite');

  async function save(): Promise<void> {
    made.disabled = true;
    relabel(made, 'saving');
    try {
      const answer = await fetch(`/api/export.zip?lang=${phrases.language.code}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const name = NAME.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? 'consultation.zip';
      keep(await answer.blob(), name);
      relabel(made, 'save');
    } catch (error) {
      console.warn('export failed', error);
      relabel(made, 'saveFailed');
    }
    made.disabled = false;
  }
  return made;
}

function keep(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), FORGET_AFTER_MS);
}
