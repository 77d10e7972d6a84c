// The patient takes a clinical photo: a drawing shows how, the phone's camera takes it, a quick look says whether it is worth
// sending, and it is on its way beside the voice.
import type { Side } from '../beside/side';
import { VIEWS, type Entry, type View } from '../beside/messages';
import { fromCamera, fromFile, type Prepared } from '../beside/photofile';
import { drawing, ICONS, make, onKey } from '../beside/elements';
import { button, isKey, put, relabel, text, words } from '../beside/words';

const PHONE =
  '<rect x="4" y="26" width="14" height="26" rx="2.500" fill="#12302f"/><rect x="6" y="29" width="10" height="18" fill="#9fd8cc"/>';
const HEAD = '<circle cx="0" cy="-21" r="7" fill="#f0c29b"/>';
const BODY = '<path d="M-9-13h18l2 22H6l-2 24h-8l-2-24h-5z" fill="#0b7a75"/>';
const RAY = (x1: number, y1: number, x2: number, y2: number): string =>
  `<path d="M18 39L${x1} ${y1}M18 39L${x2} ${y2}" stroke="#f2a900" stroke-width="1.500" stroke-dasharray="3 2"/>`;

/** What to do, drawn: for those who do not read. */
const DRAWINGS: Record<View, string> = {
  far: `${PHONE}${RAY(88, 8, 88, 76)}<g transform="translate(98 42)">${HEAD}${BODY}</g><path d="M24 80h62m-6-4l6 4-6 4" fill="none" stroke="#12302f" stroke-width="2"/>`,
  middle: `${PHONE}${RAY(58, 18, 58, 60)}<g transform="translate(78 50) scale(1.600)">${HEAD}${BODY}</g><rect x="58" y="18" width="42" height="42" fill="none" stroke="#f2a900" stroke-width="2.500"/>`,
  close: `${PHONE}${RAY(48, 22, 48, 56)}<path d="M46 14h52a10 10 0 0 1 10 10v38a10 10 0 0 1-10 10H46z" fill="#f0c29b"/><circle cx="72" cy="42" r="11" fill="#c8573f"/><circle cx="69" cy="39" r="3" fill="#8f3321"/><circle cx="77" cy="45" r="2.500" fill="#8f3321"/>`,
  slip: `${PHONE}${RAY(46, 16, 46, 72)}<path d="M46 14h56v58H46z" fill="#fff" stroke="#12302f" stroke-width="2"/><path d="M54 26h40M54 36h40M54 46h28M54 56h34" stroke="#5d7a78" stroke-width="3"/>`,
};

export class PhotoSheet {
  readonly button: HTMLButtonElement;
  readonly root = make('section', 'panel photo-sheet');
  private readonly title = text('h2', 'photo');
  private readonly art = make('div', 'how');
  private readonly hint = make('p');
  private readonly choices = make('div', 'choices');
  private readonly file = make('input');
  private readonly taking = make('div', 'taking');
  private readonly result = make('div', 'result');
  private readonly verdict = make('p', 'verdict');
  private readonly preview = make('img');
  private readonly live: HTMLButtonElement;
  private readonly sendButton: HTMLButtonElement;
  private view: View = 'middle';
  private answers: string | undefined;
  private prepared: Prepared | undefined;
  private turn = 0;

  constructor(private readonly side: Side) {
    this.button = button('photo', 'photo', '', () => this.toggle(), ICONS.photo());
    this.button.setAttribute('aria-expanded', 'false');
    this.root.hidden = true;
    this.title.tabIndex = -1;
    this.verdict.setAttribute('role', 'status');
    for (const view of VIEWS) {
      const choice = button(`view-${view}`, `view-${view}`, 'choice', () => this.choose(view));
      choice.prepend(drawing('0 0 120 84', DRAWINGS[view]));
      this.choices.append(choice);
    }
    this.file.type = 'file';
    this.file.accept = 'image/*';
    // The camera behind: that of the face is seldom the one for wounds.
    this.file.setAttribute('capture', 'environment');
    this.file.className = 'sr';
    this.file.tabIndex = -1;
    this.file.dataset['testid'] = 'photo-file';
    this.file.onchange = () => void this.take(() => (this.file.files?.[0] ? fromFile(this.file.files[0]) : undefined));
    const take = button('photo-take', 'take', 'big', () => this.file.click());
    this.live = button('photo-live', 'takeLive', 'quiet', () => {
      const track = this.side.host.camera();
      void this.take(() => (track ? fromCamera(track) : undefined));
    });
    this.sendButton = button('photo-send', 'sendPhoto', 'big', () => this.send());
    const again = button('photo-again', 'again', 'quiet', () => this.restart());
    this.taking.append(this.art, this.hint, this.choices, take, this.file, this.live);
    this.result.append(this.preview, this.verdict, this.sendButton, again);
    const close = button('photo-close', 'close', 'plain', () => this.toggle(false));
    this.root.append(make('header', '', this.title, close), this.taking, this.result);
    onKey(this.root, 'Escape', () => this.toggle(false));
    this.restart();
  }

  get open(): boolean {
    return !this.root.hidden;
  }

  toggle(open = !this.open): void {
    if (open === this.open) return;
    if (open) {
      const request = this.side.desk.timeline.openRequest();
      this.answers = request?.id;
      this.view = request?.view ?? this.view;
      this.restart();
      this.side.panel.toggle(false, false);
    }
    this.root.hidden = !open;
    this.button.setAttribute('aria-expanded', String(open));
    (open ? this.title : this.button).focus({ preventScroll: true });
  }

  /** The doctor asks: the sheet opens with the drawing, unless a photo is being looked at. */
  asked(entry: Entry): void {
    if (this.prepared) return;
    this.toggle(false);
    this.view = entry.view ?? 'middle';
    this.toggle(true);
  }

  render(): void {
    const request = this.side.desk.timeline.openRequest();
    this.button.classList.toggle('wanted', request !== undefined);
    this.live.hidden = this.side.host.camera() === undefined;
    if (this.open) this.show();
  }

  private choose(view: View): void {
    this.view = view;
    this.show();
  }

  private restart(): void {
    this.turn++;
    if (this.preview.src) URL.revokeObjectURL(this.preview.src);
    this.preview.removeAttribute('src');
    this.prepared = undefined;
    this.file.value = '';
    this.taking.hidden = false;
    this.result.hidden = true;
    this.show();
  }

  private show(): void {
    const asked = this.answers !== undefined;
    put(this.title, asked ? `ask-${this.view}` : 'photo');
    put(this.hint, `do-${this.view}`);
    this.choices.hidden = asked;
    if (this.art.dataset['view'] !== this.view) {
      this.art.dataset['view'] = this.view;
      this.art.replaceChildren(drawing('0 0 120 84', DRAWINGS[this.view]));
    }
    [...this.choices.children].forEach((choice, i) => {
      const view = VIEWS[i] as View;
      choice.setAttribute('aria-pressed', String(view === this.view));
    });
  }

  private async take(picture: () => Promise<Prepared | undefined> | undefined): Promise<void> {
    const taken = picture();
    if (!taken) return;
    const turn = ++this.turn;
    this.taking.hidden = true;
    this.result.hidden = false;
    this.sendButton.hidden = this.preview.hidden = true;
    put(this.verdict, 'preparing');
    const prepared = await taken;
    if (turn !== this.turn) return;
    this.prepared = prepared;
    if (!prepared) {
      put(this.verdict, 'notAPicture');
      this.verdict.className = 'verdict bad';
      return;
    }
    this.preview.src = URL.createObjectURL(new Blob([prepared.data], { type: prepared.type }));
    this.preview.alt = words(`view-${this.view}`);
    const [flaw] = prepared.flaws;
    const key = `flaw-${flaw ?? ''}`;
    put(this.verdict, isKey(key) ? key : 'good');
    this.verdict.className = flaw ? 'verdict bad' : 'verdict';
    this.root.dataset['flaw'] = flaw ?? '';
    relabel(this.sendButton, flaw ? 'sendAnyway' : 'sendPhoto');
    this.sendButton.classList.toggle('less', flaw !== undefined);
    this.sendButton.hidden = this.preview.hidden = false;
    this.sendButton.focus({ preventScroll: true });
  }

  private send(): void {
    const { prepared, view, answers } = this;
    if (!prepared) return;
    void this.side.desk.sendPhoto({ ...prepared, view }, answers);
    this.answers = undefined;
    this.restart();
    this.toggle(false);
    this.side.panel.toggle(true, false);
  }
}
