// Calls somebody to the phone: a sound, the phone's own trembling, and one large button that says who calls.
import { drawing, make } from './elements';

const RING_MS = 20_000;
const TONES_HZ = [660, 880];
const TONE_S = 0.35;
const PAUSE_MS = 1_600;
const LOUD = 0.25;

export const BELL = (): SVGSVGElement =>
  drawing(
    '0 0 24 24',
    '<path d="M12 2a2 2 0 0 1 2 2v.600A6 6 0 0 1 18 10v5l2 2v1H4v-1l2-2v-5a6 6 0 0 1 4-5.400V4a2 2 0 0 1 2-2zm-2 18h4a2 2 0 0 1-4 0z"/>',
  );

export class Bell {
  readonly root = make('button', 'ringing');
  private readonly says = make('b');
  private readonly act = make('span');
  private audio: AudioContext | undefined;
  private beat: ReturnType<typeof setInterval> | undefined;
  private stopTimer: ReturnType<typeof setTimeout> | undefined;

  /** @param label puts who calls and the answer into the two elements, each time */
  constructor(private readonly label: (says: HTMLElement, act: HTMLElement) => void) {
    this.root.type = 'button';
    this.root.dataset['testid'] = 'ringing';
    this.root.hidden = true;
    this.root.setAttribute('aria-live', 'assertive');
    this.root.append(make('i', '', BELL()), this.says, this.act);
    this.root.onclick = () => this.stop();
  }

  ring(): void {
    this.stop();
    this.label(this.says, this.act);
    this.root.hidden = false;
    // Not from somebody who writes: the next key would answer.
    if (!document.activeElement?.matches('input, textarea')) this.root.focus();
    this.sound();
    this.beat = setInterval(() => this.sound(), PAUSE_MS);
    // It stays to be seen; only the noise ends.
    this.stopTimer = setTimeout(() => clearInterval(this.beat), RING_MS);
  }

  stop(): void {
    clearInterval(this.beat);
    clearTimeout(this.stopTimer);
    this.root.hidden = true;
    void this.audio?.close();
    this.audio = undefined;
  }

  private sound(): void {
    if ('vibrate' in navigator) navigator.vibrate([300, 150, 300]);
    try {
      const audio = (this.audio ??= new AudioContext());
      TONES_HZ.forEach((hz, i) => {
        const from = audio.currentTime + i * TONE_S;
        const tone = audio.createOscillator();
        const gain = audio.createGain();
        tone.frequency.value = hz;
        // Without edges, which would click.
        gain.gain.setValueAtTime(0, from);
        gain.gain.linearRampToValueAtTime(LOUD, from + 0.03);
        gain.gain.linearRampToValueAtTime(0, from + TONE_S);
        tone.connect(gain).connect(audio.destination);
        tone.start(from);
        tone.stop(from + TONE_S);
      });
    } catch {
      // no sound without a touch in some browsers: the button and the trembling are there
    }
  }
}
