// Clinical photos before the doctor's eyes: one or two side by side, zoomed and moved by wheel, fingers or keys, with what the
// record needs: size, time, hash.
import type { Side } from '../beside/side';
import type { Entry } from '../beside/messages';
import { tooSmall } from '../beside/looks';
import { make, onKey } from '../beside/elements';
import * as shared from '../beside/words';
import { moved, WHOLE, zoomed, type Lens } from './lens';
import { button, phrases, relabel, text, words } from './words';

const STEP = 1.3;
const MOVE_PIXELS = 60;

/** One photo in its frame. */
class Frame {
  readonly root = make('figure', 'frame');
  private readonly image = make('img');
  private readonly window = make('div', 'window', this.image);
  private readonly facts = make('figcaption');
  private readonly fingers = new Map<number, { x: number; y: number }>();
  private lens: Lens = WHOLE;
  id: string | undefined;

  constructor(next: () => void) {
    this.window.tabIndex = 0;
    this.window.dataset['testid'] = 'photo-frame';
    this.window.setAttribute('role', 'img');
    this.image.draggable = false;
    this.image.alt = '';
    const zoom = (key: 'zoomIn' | 'zoomOut', factor: number): HTMLButtonElement =>
      button(key === 'zoomIn' ? 'zoom-in' : 'zoom-out', key, 'plain', () => this.zoom(factor, 0, 0));
    const tools = make('div', 'tools', zoom('zoomIn', STEP), zoom('zoomOut', 1 / STEP));
    tools.append(button('next-photo', 'nextPhoto', 'plain', next));
    this.root.append(this.window, this.facts, tools);
    this.window.onwheel = e => {
      e.preventDefault();
      this.zoom(e.deltaY < 0 ? 1.15 : 1 / 1.15, ...this.fromMiddle(e.clientX, e.clientY));
    };
    this.window.onpointerdown = e => {
      this.window.setPointerCapture(e.pointerId);
      this.fingers.set(e.pointerId, { x: e.clientX, y: e.clientY });
    };
    this.window.onpointermove = e => this.onMove(e);
    this.window.onpointerup = this.window.onpointercancel = e => this.fingers.delete(e.pointerId);
    this.window.onkeydown = e => this.onKey(e);
  }

  show(entry: Entry, url: string): void {
    if (this.id !== entry.id) {
      this.id = entry.id;
      this.lens = WHOLE;
      this.image.src = url;
      this.apply();
    }
    const { w = 0, h = 0, bytes = 0, at = 0, sha = '', view } = entry;
    const time = new Date(at * 1000).toLocaleString(phrases.language.code);
    const number = (n: number): string => n.toLocaleString(phrases.language.code);
    const facts = text('span', 'facts', '', { w: number(w), h: number(h), kb: number(Math.round(bytes / 1000)), time });
    const hash = text('code', 'hash', 'hash', { sha });
    hash.dataset['sha'] = sha;
    const label = shared.words(view ? `view-${view}` : 'photoOf');
    this.window.setAttribute('aria-label', `${label}. ${words('viewerHint')}`);
    this.facts.replaceChildren(make('b', '', label), ' ', facts, hash);
    if (tooSmall(w, h)) this.facts.append(text('strong', 'smallPhoto'));
  }

  focus(): void {
    this.window.focus({ preventScroll: true });
  }

  private fromMiddle(x: number, y: number): [number, number] {
    const box = this.window.getBoundingClientRect();
    return [x - box.left - box.width / 2, y - box.top - box.height / 2];
  }

  private zoom(factor: number, px: number, py: number): void {
    this.lens = zoomed(this.lens, factor, px, py);
    this.move(0, 0);
  }

  private move(dx: number, dy: number): void {
    this.lens = moved(this.lens, dx, dy, this.window.clientWidth, this.window.clientHeight);
    this.apply();
  }

  private apply(): void {
    const { zoom, x, y } = this.lens;
    this.image.style.transform = `translate(${x}px, ${y}px) scale(${zoom})`;
    this.window.dataset['zoom'] = zoom.toFixed(2);
  }

  private onMove(e: PointerEvent): void {
    const last = this.fingers.get(e.pointerId);
    if (!last) return;
    const other = [...this.fingers].find(([id]) => id !== e.pointerId)?.[1];
    if (other) {
      const apart = (p: { x: number; y: number }): number => Math.hypot(p.x - other.x, p.y - other.y);
      const now = { x: e.clientX, y: e.clientY };
      const middle = this.fromMiddle((now.x + other.x) / 2, (now.y + other.y) / 2);
      if (apart(last) > 0) this.zoom(apart(now) / apart(last), ...middle);
    } else this.move(e.clientX - last.x, e.clientY - last.y);
    this.fingers.set(e.pointerId, { x: e.clientX, y: e.clientY });
  }

  private onKey(e: KeyboardEvent): void {
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowLeft: [MOVE_PIXELS, 0],
      ArrowRight: [-MOVE_PIXELS, 0],
      ArrowUp: [0, MOVE_PIXELS],
      ArrowDown: [0, -MOVE_PIXELS],
    };
    const move = moves[e.key];
    if (move) this.move(...move);
    else if (e.key === '+' || e.key === '=') this.zoom(STEP, 0, 0);
    else if (e.key === '-') this.zoom(1 / STEP, 0, 0);
    else if (e.key === '0') this.zoom(0, 0, 0);
    else return;
    e.preventDefault();
  }
}

export class Viewer {
  readonly root = make('section', 'viewer');
  private readonly title = text('h2', 'photos');
  private readonly first = new Frame(() => this.next(0));
  private readonly second = new Frame(() => this.next(1));
  private readonly compare = button('compare', 'compare', 'plain', () => this.toggleCompare());
  private readonly close = shared.button('close-photo', 'close', 'plain', () => this.hide());
  private before: Element | null = null;
  private shown: (string | undefined)[] = [];

  constructor(private readonly side: Side) {
    this.root.hidden = true;
    this.root.dataset['testid'] = 'viewer';
    this.root.setAttribute('role', 'dialog');
    this.root.append(
      make('header', '', this.title, this.compare, this.close),
      make('div', 'frames', this.first.root, this.second.root),
    );
    onKey(this.root, 'Escape', () => this.hide());
  }

  open(id: string): void {
    this.before = document.activeElement;
    this.shown = [id];
    this.root.hidden = false;
    this.side.desk.regarded(id);
    this.render();
    this.first.focus();
  }

  render(): void {
    if (this.root.hidden) return;
    const photos = this.photos();
    relabel(this.compare, this.shown.length > 1 ? 'alone' : 'compare');
    this.root.setAttribute('aria-label', words('photos'));
    this.compare.hidden = photos.length < 2;
    this.second.root.hidden = this.shown.length < 2;
    [this.first, this.second].forEach((frame, i) => {
      const entry = photos.find(each => each.id === this.shown[i]);
      const url = this.side.desk.url(entry?.id);
      if (entry && url) frame.show(entry, url);
    });
  }

  private photos(): Entry[] {
    return this.side.desk.timeline.all().filter(({ k, id }) => k === 'photo' && this.side.desk.url(id) !== undefined);
  }

  private hide(): void {
    this.root.hidden = true;
    (this.before as HTMLElement | null)?.focus({ preventScroll: true });
  }

  private toggleCompare(): void {
    const other = this.photos()
      .reverse()
      .find(({ id }) => id !== this.shown[0]);
    this.shown = this.shown.length > 1 || !other ? [this.shown[0]] : [this.shown[0], other.id];
    if (this.shown[1]) this.side.desk.regarded(this.shown[1]);
    this.render();
  }

  private next(frame: 0 | 1): void {
    const photos = this.photos();
    const at = photos.findIndex(({ id }) => id === this.shown[frame]);
    const next = photos[(at + 1) % photos.length];
    if (!next?.id) return;
    this.shown[frame] = next.id;
    this.side.desk.regarded(next.id);
    this.render();
  }
}
