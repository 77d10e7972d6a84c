// Puts together what both pages have beside the call; each adds what only it has.
import type { Host, Later, Now } from '../shared/later';
import { byId } from '../shared/dom';
import type { SendCommand } from '../shared/protocol';
import rules from './beside.css';
import { takeStills } from './camera';
import { Desk } from './desk';
import { parseFront, type Front } from './front';
import type { Entry, View } from './messages';
import { NotePlayer } from './noteplayer';
import { Noting } from './noting';
import { Panel } from './panel';
import type { RowActs } from './rows';
import { StillScreen } from './stillscreen';
import { openStore } from './store';
import { Talk } from './talk';
import { ICONS, make } from './elements';
import { button, phrases, put, relabel, words } from './words';

export interface Own {
  readonly acts: RowActs;
  /** Something in the time line that came while this page was open. */
  news(entry: Entry): void;
  /** What is said of line, calls and data. */
  front(front: Front): void;
  /** Draw again. */
  render(now: Now): void;
}

const RENDER_AFTER_MS = 60;

/** The style goes into the page's own sheet: its policy lets no other one in. */
function dress(): void {
  const sheet = document.styleSheets[0];
  for (const rule of rules) {
    try {
      sheet?.insertRule(rule, sheet.cssRules.length);
    } catch {
      // one that this browser does not know
    }
  }
}

export class Side implements Later {
  readonly desk: Desk;
  readonly panel: Panel;
  readonly noting: Noting;
  private readonly talk: Talk;
  private readonly stills;
  private readonly screen: StillScreen;
  private readonly mode = make('p', 'mode');
  private readonly bigNote: HTMLButtonElement;
  private readonly live = make('p', 'sr');
  private own: Own | undefined;
  private now: Now | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private spokenMode = '';
  private open = false;
  private stillKbps: number | undefined;

  /** @param stage what the sheet lies over */
  static async open(host: Host, stage: HTMLElement, make_: (side: Side) => Own): Promise<Side> {
    // The language is the page's, which knows it when this is loaded; every text is made in it.
    phrases.choose(host.languages());
    const store = await openStore(host.token.slice(0, 16));
    const side = new Side(host, stage, make_, store);
    await side.desk.restore();
    side.render();
    return side;
  }

  private constructor(
    readonly host: Host,
    stage: HTMLElement,
    make_: (side: Side) => Own,
    store: Awaited<ReturnType<typeof openStore>>,
  ) {
    dress();
    const soon = (): void => this.soon();
    const player: NotePlayer = new NotePlayer(id => this.desk.regarded(id), soon);
    this.screen = new StillScreen(byId<HTMLVideoElement>('remote'));
    this.talk = new Talk(host, m => this.desk.say(m));
    this.desk = new Desk(host, store, {
      changed: soon,
      news: entry => this.onNews(entry),
      note: (entry, url) => player.add(entry.id ?? '', url),
      still: still => void this.screen.show(still),
      floor: floor => this.talk.onFloor(floor),
    });
    this.stills = takeStills({
      busy: () => this.desk.uploads.still?.begun === true,
      send: (...still) => this.desk.sendStill(...still),
    });
    this.noting = new Noting(
      host,
      () => this.panel.toggle(true, false),
      ({ data, type, ms }) => void this.desk.sendNote(data, type, ms),
    );
    this.bigNote = button('note-big', 'note', 'big', () => this.noting.button.click(), ICONS.note());
    this.mode.hidden = this.bigNote.hidden = true;
    const acts: RowActs = {
      openPhoto: id => this.own?.acts.openPhoto?.(id),
      ...(host.role === 'patient' ? { takePhoto: (entry: Entry) => this.own?.acts.takePhoto?.(entry) } : {}),
    };
    const shownActs = host.role === 'doctor' ? acts : { ...(acts.takePhoto ? { takePhoto: acts.takePhoto } : {}) };
    this.panel = new Panel(this.desk, player, shownActs, () => this.talk.focus(), [
      this.mode,
      this.noting.strip,
      this.bigNote,
    ]);
    this.live.setAttribute('role', 'status');
    stage.append(this.panel.root, this.talk.root);
    document.body.append(this.live);
    this.own = make_(this);
  }

  update(now: Now): void {
    const before = this.now;
    this.now = now;
    this.desk.update(now);
    this.talk.update(now);
    this.screen.receive(now.inCall ? now.rungDown : '');
    this.stills.use(now.inCall ? this.host.camera() : undefined);
    this.wantStills();
    // Words that come recorded are answered in the same way: both pages switch.
    const notes = (at: Now | undefined): boolean =>
      at?.inCall === true && (at.rungUp === 'notes' || at.rungDown === 'notes');
    const [noting, noted] = [notes(now), notes(before)];
    if (noting !== noted) this.changeMode(noting, now.inCall);
    this.soon();
  }

  opened(): void {
    this.desk.opened();
    this.open = true;
    this.wantStills();
  }

  lost(): void {
    this.open = false;
    this.desk.lost();
    this.wantStills();
  }

  commanded(command: SendCommand): void {
    this.stillKbps = command.s;
    this.wantStills();
  }

  /** Pictures of the camera are worth taking only where they can go. */
  private wantStills(): void {
    this.stills.want(this.open && this.now?.inCall ? this.stillKbps : undefined);
  }

  heard(frame: unknown): void {
    const front = parseFront(frame);
    if (front) this.own?.front(front);
    else this.desk.heard(frame);
  }

  /** To those who hear the page. */
  say(said: string): void {
    this.live.textContent = said;
    this.live.lang = phrases.language.code;
  }

  ask(view: View): void {
    this.desk.ask(view);
  }

  /** One clear sentence, and the button to speak with; back by itself. */
  private changeMode(noting: boolean, inCall: boolean): void {
    this.bigNote.hidden = !noting;
    this.mode.hidden = !inCall;
    document.documentElement.dataset['mode'] = noting ? 'notes' : 'live';
    this.spokenMode = noting ? 'notesMode' : 'liveAgain';
    put(this.mode, noting ? 'notesMode' : 'liveAgain');
    if (inCall) this.say(words(noting ? 'notesMode' : 'liveAgain'));
    if (noting) this.panel.toggle(true, false);
    else setTimeout(() => this.spokenMode === 'liveAgain' && (this.mode.hidden = true), 8_000);
  }

  private onNews(entry: Entry): void {
    if (entry.by === this.host.role || entry.k === 'event') return;
    if (entry.k === 'msg') this.say(entry.text ?? '');
    else if (entry.k === 'ask') this.say(words(`ask-${entry.view ?? 'middle'}`));
    else if (entry.k === 'photo') this.say(words('photoOf'));
    this.own?.news(entry);
  }

  /** Draw again, with whatever else changes by then. */
  soon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.render();
    }, RENDER_AFTER_MS);
  }

  private render(): void {
    relabel(this.bigNote, this.noting.button.classList.contains('on') ? 'noteStop' : 'note');
    this.panel.render();
    if (this.now) this.own?.render(this.now);
  }
}
