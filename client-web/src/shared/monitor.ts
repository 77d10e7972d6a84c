// Looks at the browser's statistics: four times a second while pictures leave, for the brake; as often as the server
// asks, for `stats`; and now and then for what this link turned out to carry, for the next visit.
import { LocalBrake } from './brake';
import { linkKbps, readFigures, statsSince, type Figures } from './figures';
import type { PageMessage, SendCommand } from './protocol';
import { audioWireKbps } from './sender';
import type { Transport } from './transport';

const BRAKE_EVERY_MS = 250;
const RATE_EVERY_MS = 10_000;
// A minute's best: what fell since is forgotten with it.
const KEPT_RATES = 6;

export interface Rates {
  readonly down: number;
  readonly up: number;
}

export interface MonitorOwner {
  say(m: PageMessage): void;
  /** The most that was carried each way during the last minute. */
  carried(rates: Rates): void;
}

export class Monitor {
  private readonly brake = new LocalBrake();
  private path: RTCPeerConnection | undefined;
  private brakeTimer: ReturnType<typeof setInterval> | undefined;
  private statsTimer: ReturnType<typeof setInterval> | undefined;
  private statsEvery: number | undefined;
  private told: Figures | undefined;
  private rated: { readonly figures: Figures; readonly atMs: number } | undefined;
  private rates: Rates[] = [];

  constructor(
    private readonly transport: Transport,
    private readonly owner: MonitorOwner,
  ) {
    setInterval(() => void this.rate(), RATE_EVERY_MS);
  }

  /** Before the transport itself obeys: what it sent until now matters. */
  obey(command: SendCommand): void {
    if (command.v) {
      const kbps = command.v.kbps + audioWireKbps(command.a);
      if (this.transport.sender.sendsVideo) this.brake.want(kbps);
      else this.brake.begin(kbps);
    }
    if (command.v && this.brakeTimer === undefined)
      this.brakeTimer = setInterval(() => void this.watch(), BRAKE_EVERY_MS);
    else if (!command.v) this.stopWatching();
    if (command.st === this.statsEvery) return;
    clearInterval(this.statsTimer);
    this.statsEvery = command.st;
    this.told = undefined;
    if (command.st) {
      void this.tell();
      this.statsTimer = setInterval(() => void this.tell(), command.st * 1000);
    }
  }

  stop(): void {
    this.stopWatching();
    clearInterval(this.statsTimer);
    this.statsEvery = this.told = this.rated = undefined;
    this.rates = [];
  }

  private stopWatching(): void {
    clearInterval(this.brakeTimer);
    this.brakeTimer = undefined;
  }

  private async figures(): Promise<Figures | undefined> {
    const pc = this.transport.pc();
    if (pc?.connectionState !== 'connected') return undefined;
    try {
      return readFigures((await pc.getStats()) as unknown as Iterable<[string, unknown]>);
    } catch {
      return undefined; // closed meanwhile
    }
  }

  private async watch(): Promise<void> {
    if (!this.transport.sender.sendsVideo) return;
    const pc = this.transport.pc();
    if (pc !== this.path) {
      this.path = pc;
      this.brake.forget();
    }
    const figures = await this.figures();
    if (!figures || !this.transport.sender.sendsVideo) return;
    const w = this.brake.onSample(figures, performance.now());
    if (!w) return;
    this.transport.brake();
    this.owner.say({ t: 'brake', w });
  }

  private async tell(): Promise<void> {
    const now = await this.figures();
    const before = this.told;
    this.told = now;
    if (before && now) this.owner.say({ t: 'stats', ...statsSince(before, now) });
  }

  private async rate(): Promise<void> {
    const figures = await this.figures();
    const before = this.rated;
    const atMs = performance.now();
    this.rated = figures && { figures, atMs };
    const rates = before && figures && linkKbps(before.figures, figures, atMs - before.atMs);
    if (!rates) return;
    this.rates = [...this.rates.slice(1 - KEPT_RATES), rates];
    const most = (pick: (r: Rates) => number): number => Math.round(Math.max(...this.rates.map(pick)));
    this.owner.carried({ down: most(r => r.down), up: most(r => r.up) });
  }
}
