// What a screen says aloud, for those who do not read it. Each prompt is a few KB, fetched when it is first wanted and kept by
// the browser; where the link cannot afford it, or a call is on it, the page stays silent.

/** `{ur: ['waiting', ...]}` with what each language has, and where: filled in by the build. */
declare const PROMPTS: {
  readonly id: string;
  readonly has: Readonly<Record<string, readonly string[]>>;
  readonly substitute: string;
};

export interface SpeechOwner {
  language(): string;
  /** Whether a prompt that the phone does not have yet may travel now. */
  mayFetch(): boolean;
  /** Whether there is something to be heard again. */
  replayable(there: boolean): void;
}

export class Speech {
  private readonly player = new Audio();
  private readonly kind = this.player.canPlayType('audio/ogg; codecs=opus') ? 'opus' : 'mp3';
  private readonly known = new Map<string, string>();
  private wanted: string | undefined;
  /** What has come to the screen since. */
  private latest: string | undefined;
  /** Until the screen has begun to speak. */
  private turn = Promise.resolve();

  constructor(private readonly owner: SpeechOwner) {
    this.player.dataset['testid'] = 'spoken';
  }

  /** Where `prompt` is in this language, or in the one that stands in for it. */
  private address(prompt: string): string | undefined {
    for (const code of [this.owner.language(), PROMPTS.substitute]) {
      if (PROMPTS.has[code]?.includes(prompt)) return `/assets/say-${PROMPTS.id}-${code}-${prompt}.${this.kind}`;
    }
    return undefined;
  }

  /** A screen has come: it speaks, or is silent if nothing belongs to it. */
  async screen(prompt: string | undefined): Promise<void> {
    this.wanted = prompt;
    this.latest = undefined;
    this.player.pause();
    this.owner.replayable(prompt !== undefined && this.address(prompt) !== undefined);
    this.turn = prompt ? this.say(prompt, this.owner.mayFetch()) : Promise.resolve();
    await this.turn;
  }

  /** Something has come to the screen: said when the screen itself has been. */
  async news(prompt: string): Promise<void> {
    this.latest = prompt;
    await this.finished();
    if (prompt === this.latest) await this.say(prompt, this.owner.mayFetch());
  }

  /** The person wants to hear it: that is worth its bytes, if no call is on the link. */
  async again(): Promise<void> {
    if (this.wanted) await this.say(this.wanted, true);
    await this.finished();
    if (this.latest) await this.say(this.latest, true);
  }

  silence(): void {
    this.wanted = this.latest = undefined;
    this.player.pause();
    this.owner.replayable(false);
  }

  private async finished(): Promise<void> {
    await this.turn;
    if (!this.player.paused)
      await new Promise(resolve => this.player.addEventListener('pause', resolve, { once: true }));
  }

  private async say(prompt: string, travels: boolean): Promise<void> {
    const address = this.address(prompt);
    if (!address) return;
    try {
      const url = this.known.get(address) ?? (await this.fetched(address, travels));
      if ((prompt !== this.wanted && prompt !== this.latest) || !url) return;
      this.player.src = url;
      await this.player.play();
      document.documentElement.dataset['spoken'] = prompt;
    } catch {
      // no network, or the browser wants a touch first: the button is there
    }
  }

  private async fetched(address: string, travels: boolean): Promise<string | undefined> {
    const response = await fetch(address, travels ? {} : { cache: 'only-if-cached', mode: 'same-origin' });
    if (!response.ok) return undefined;
    const url = URL.createObjectURL(await response.blob());
    this.known.set(address, url);
    return url;
  }
}
