// Plays recorded words one after the other: at once when they come, or when somebody presses their button.

export class NotePlayer {
  private readonly audio = new Audio();
  private readonly queue: { readonly id: string; readonly url: string }[] = [];
  /** The note that is heard now. */
  playing: string | undefined;

  constructor(
    private readonly began: (id: string) => void,
    private readonly changed: (broken?: string) => void,
  ) {
    this.audio.onended = () => this.next();
    this.audio.onerror = () => {
      const broken = this.playing;
      if (broken) this.changed(broken);
      this.next();
    };
  }

  /** Heard at once, or after those that are being heard; where the browser wants a touch first, when it is touched. */
  add(id: string, url: string): void {
    this.queue.push({ id, url });
    if (!this.playing) this.next();
  }

  toggle(id: string, url: string): void {
    if (this.playing === id) {
      this.audio.pause();
      this.next();
      return;
    }
    this.queue.unshift({ id, url });
    this.next();
  }

  private next(): void {
    const next = this.queue.shift();
    this.playing = next?.id;
    this.changed();
    if (!next) return;
    this.audio.src = next.url;
    this.audio.play().then(
      () => this.began(next.id),
      () => {
        // Not allowed before a touch: its button stays.
        if (this.playing === next.id) this.playing = undefined;
        this.changed();
      },
    );
  }
}
