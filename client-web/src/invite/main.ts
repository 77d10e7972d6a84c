// The invitation of one consultation (docs/protocol.md, "The invitation"): all of it is there without script but copying.

const byId = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;
const button = document.getElementById('copy');

async function copy(from: HTMLInputElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(from.value);
  } catch {
    // Not over plain HTTP, and not in every browser.
    from.select();
    document.execCommand('copy');
  }
}

if (button) {
  button.onclick = () => {
    void copy(byId<HTMLInputElement>('link')).then(() => {
      byId('said').textContent = button.textContent = button.dataset['done'] ?? '';
    });
  };
}
