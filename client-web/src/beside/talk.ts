// Who speaks: on push-to-talk a large button that is held, on `notes` nobody live. The floor is the server's to give
// (docs/protocol.md, "Push-to-talk").
import type { Host, Now } from '../shared/later';
import type { Said } from './messages';
import { button, put, relabel, text } from './words';

/** The server forgets a wish after ten seconds. */
const WANT_EVERY_MS = 4_000;

export interface Floor {
  readonly by?: string;
  readonly you: boolean;
}

/** Whether the live voice is held back. */
export function hushed(now: Pick<Now, 'rungUp' | 'rungDown'>, floor: Floor | undefined): boolean {
  if (now.rungUp === 'notes') return true;
  return oneSpeaks(now) && floor?.you !== true;
}

export function oneSpeaks(now: Pick<Now, 'rungUp' | 'rungDown'>): boolean {
  return now.rungUp === 'push-to-talk' || now.rungDown === 'push-to-talk';
}

export class Talk {
  readonly root: HTMLElement;
  private readonly button: HTMLButtonElement;
  private readonly words = text('p', 'talkFree', 'talk-words');
  private timer: ReturnType<typeof setInterval> | undefined;
  private floor: Floor | undefined;
  private now: Now | undefined;
  /** A press by hand or key is followed by a click of its own. */
  private held = false;

  constructor(
    private readonly host: Host,
    private readonly say: (m: Said) => void,
  ) {
    this.button = button('talk', 'talk', 'talk', () => this.onClick());
    this.words.setAttribute('role', 'status');
    this.root = document.createElement('div');
    this.root.className = 'talk-box';
    this.root.hidden = true;
    this.root.append(this.words, this.button);
    this.button.onpointerdown = e => {
      if (e.button !== 0) return;
      this.button.setPointerCapture(e.pointerId);
      this.press();
    };
    this.button.onpointerup = this.button.onpointercancel = () => this.release();
    this.button.oncontextmenu = e => e.preventDefault();
    addEventListener('keydown', e => this.onKey(e, true));
    addEventListener('keyup', e => this.onKey(e, false));
    addEventListener('blur', () => this.release());
    document.addEventListener('visibilitychange', () => document.hidden && this.release());
  }

  update(now: Now): void {
    this.now = now;
    const was = this.root.hidden;
    this.root.hidden = !(now.inCall && oneSpeaks(now));
    document.documentElement.classList.toggle('talks', !this.root.hidden);
    if (this.root.hidden) this.release();
    // The space bar speaks at once, unless somebody is writing.
    else if (was && !document.activeElement?.closest('input, textarea')) this.button.focus({ preventScroll: true });
    this.show();
  }

  /** Takes the focus while it is needed: then the space bar speaks. */
  focus(): boolean {
    if (!this.root.hidden) this.button.focus({ preventScroll: true });
    return !this.root.hidden;
  }

  /** Who has the floor; undefined while nobody can say. */
  onFloor(floor: Floor | undefined): void {
    this.floor = floor;
    // Without a socket the wish is lost; it is said again with the next press.
    if (!floor) this.release();
    this.show();
  }

  private get wants(): boolean {
    return this.timer !== undefined;
  }

  private press(): void {
    if (this.wants || this.root.hidden) return;
    this.held = true;
    this.say({ t: 'floor', want: 1 });
    this.timer = setInterval(() => this.say({ t: 'floor', want: 1 }), WANT_EVERY_MS);
    this.show();
  }

  private release(): void {
    if (!this.wants) return;
    clearInterval(this.timer);
    this.timer = undefined;
    this.say({ t: 'floor', want: 0 });
    this.show();
  }

  /** A screen reader's or a switch's click holds nothing: it turns on and off. */
  private onClick(): void {
    if (this.held) {
      this.held = this.wants;
      return;
    }
    if (this.wants) this.release();
    else this.press();
    this.held = false;
  }

  private onKey(e: KeyboardEvent, down: boolean): void {
    if (e.code !== 'Space' || this.root.hidden) return;
    const at = e.target as HTMLElement;
    if (at !== this.button && at.closest('input, textarea, select, button, a')) return;
    e.preventDefault();
    if (!down) this.release();
    else if (!e.repeat) this.press();
  }

  private show(): void {
    if (this.now) this.host.hush(hushed(this.now, this.floor));
    const you = this.floor?.you === true;
    const other = !you && this.floor?.by !== undefined;
    this.button.classList.toggle('on', you);
    this.button.classList.toggle('wait', this.wants && !you);
    this.button.setAttribute('aria-pressed', String(this.wants));
    this.root.dataset['floor'] = you ? 'you' : other ? 'other' : 'free';
    relabel(this.button, this.wants && !you ? 'talkWait' : 'talk');
    put(this.words, you ? 'talkYou' : other ? 'talkOther' : 'talkFree');
  }
}
