// The button that records: press, speak, press again, and it is on its way.
import type { Host } from '../shared/later';
import { record, type Recorded, type Recording } from './recorder';
import { ICONS, make } from './elements';
import { button, put, relabel, text } from './words';

/** At 10 kbps two minutes are 150 kB: a minute and a half of an EDGE link. */
const MOST_SECONDS = 120;

export class Noting {
  readonly button: HTMLButtonElement;
  /** Where a person sees that the page listens. */
  readonly strip = make('div', 'recording');
  private readonly words = text('p', 'recordHint');
  private recording: Recording | undefined;
  private timer: ReturnType<typeof setInterval> | undefined;
  private asking = false;

  constructor(
    private readonly host: Host,
    private readonly opens: () => void,
    private readonly send: (recorded: Recorded) => void,
  ) {
    this.button = button('note', 'note', '', () => void this.toggle(), ICONS.note());
    this.words.setAttribute('role', 'status');
    this.strip.hidden = true;
    this.strip.append(
      this.words,
      button('note-cancel', 'cancel', 'plain', () => this.end()),
    );
  }

  async toggle(): Promise<void> {
    const { recording } = this;
    if (recording) {
      this.end(false);
      const recorded = await recording.stop();
      if (recorded) this.send(recorded);
      else this.tell('recordHint');
      return;
    }
    if (this.asking) return;
    this.opens();
    this.asking = true;
    const allowed = this.host.microphone() !== undefined || (await this.host.askMicrophone());
    this.asking = false;
    const microphone = this.host.microphone();
    if (!allowed || !microphone) {
      this.tell('noMicrophone');
      return;
    }
    this.begin(record(microphone));
  }

  private begin(recording: Recording): void {
    this.recording = recording;
    let seconds = 0;
    const show = (): void => {
      // Said once to those who hear the page; the seconds are for the eye.
      put(this.words, 'recording', { n: String(seconds) });
      if (seconds++ >= MOST_SECONDS) void this.toggle();
    };
    this.words.setAttribute('role', 'none');
    this.strip.classList.add('on');
    this.strip.hidden = false;
    this.timer = setInterval(show, 1000);
    show();
    this.button.classList.add('on');
    this.button.setAttribute('aria-pressed', 'true');
    relabel(this.button, 'noteStop');
  }

  private end(cancel = true): void {
    if (cancel) this.recording?.cancel();
    this.recording = undefined;
    clearInterval(this.timer);
    this.strip.hidden = true;
    this.strip.classList.remove('on');
    this.button.classList.remove('on');
    this.button.setAttribute('aria-pressed', 'false');
    relabel(this.button, 'note');
  }

  private tell(key: 'noMicrophone' | 'recordHint'): void {
    this.words.setAttribute('role', 'status');
    put(this.words, key);
    this.strip.hidden = false;
    setTimeout(() => {
      if (!this.recording) this.strip.hidden = true;
    }, 6_000);
  }
}
