// Shows the other side's live stills where its video stands, with their age, and keeps the last picture drawn while one kind
// follows the other: nobody looks at black.
import { carriesVideo } from '../shared/protocol';
import type { Came } from './downloads';
import { make } from './elements';
import { phrases, put } from './words';

const AGE_EVERY_MS = 1_000;

export class StillScreen {
  private readonly canvas = make('canvas', 'still');
  private readonly age = make('p', 'still-age');
  private takenMs: number | undefined;
  private timer: ReturnType<typeof setInterval> | undefined;
  private rung = '';
  private waiting = 0;

  constructor(private readonly video: HTMLVideoElement) {
    this.canvas.dataset['testid'] = 'still';
    this.canvas.setAttribute('role', 'img');
    this.canvas.hidden = this.age.hidden = true;
    video.after(this.canvas, this.age);
  }

  /** What comes from the other side from now on. */
  receive(rung: string): void {
    if (rung === this.rung) return;
    const [had, has] = [carriesVideo(this.rung), carriesVideo(rung)];
    this.rung = rung;
    if (rung === 'stills') {
      // The video's last picture stays until the first still is there.
      if (had && this.video.videoWidth > 2) this.draw(this.video, this.video.videoWidth, this.video.videoHeight);
    } else if (has && !this.canvas.hidden) this.whenVideoMoves();
    else if (!has) this.hide();
  }

  async show(still: Came): Promise<void> {
    const takenMs = performance.now() - still.ageMs;
    let picture: ImageBitmap;
    try {
      picture = await createImageBitmap(new Blob([still.data], { type: still.type }));
    } catch {
      return; // broken: the next one comes
    }
    // Late ones, and those that came after all was said, are not shown.
    if (this.rung === 'stills' && (this.takenMs === undefined || takenMs > this.takenMs)) {
      this.draw(picture, picture.width, picture.height);
      this.takenMs = takenMs;
      this.canvas.dataset['taken'] = String(Math.round(takenMs));
      this.tellAge();
      this.timer ??= setInterval(() => this.tellAge(), AGE_EVERY_MS);
    }
    picture.close();
  }

  private draw(source: CanvasImageSource, width: number, height: number): void {
    this.waiting++;
    [this.canvas.width, this.canvas.height] = [width, height];
    this.canvas.getContext('2d')?.drawImage(source, 0, 0, width, height);
    this.canvas.hidden = false;
    document.documentElement.dataset['still'] = '1';
  }

  private tellAge(): void {
    if (this.takenMs === undefined) return;
    const seconds = Math.max(0, Math.round((performance.now() - this.takenMs) / 1000));
    const minutes = seconds >= 120;
    const n = (minutes ? Math.round(seconds / 60) : seconds).toLocaleString(phrases.language.code);
    put(this.age, minutes ? 'stillMinutes' : 'still', { n });
    this.canvas.setAttribute('aria-label', this.age.textContent ?? '');
    this.age.hidden = false;
  }

  /** The still covers the video until that shows something new. */
  private whenVideoMoves(): void {
    const turn = ++this.waiting;
    const done = (): void => {
      if (turn === this.waiting && carriesVideo(this.rung)) this.hide();
    };
    if ('requestVideoFrameCallback' in this.video) {
      this.video.requestVideoFrameCallback(done);
      return;
    }
    const video = this.video as HTMLVideoElement;
    const shown = (): number => video.getVideoPlaybackQuality().totalVideoFrames;
    const before = shown();
    const look = (): void => {
      if (turn !== this.waiting) return;
      if (shown() > before) done();
      else requestAnimationFrame(look);
    };
    look();
  }

  private hide(): void {
    this.waiting++;
    clearInterval(this.timer);
    this.timer = this.takenMs = undefined;
    this.canvas.hidden = this.age.hidden = true;
    delete document.documentElement.dataset['still'];
  }
}
