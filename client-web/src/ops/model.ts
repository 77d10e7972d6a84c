// What GET /api/ops says, and the numbers as people read them. No document in here.
export interface Estimate {
  confidence: string;
  state: string;
  kbps?: number;
  queueMs?: number;
  loss?: number;
  rttMs?: number;
}

export interface Leg {
  id: string;
  role: string;
  kind: string;
  connected: boolean;
  socket: boolean;
  rttMs?: number;
  upKbps?: number;
  downKbps?: number;
  lossUp?: number;
  lossDown?: number;
  up?: Estimate;
  down?: Estimate;
}

export interface Media {
  a: { br: number; pt: number; red?: 1; dtx?: 1 };
  v?: { kbps: number; fps: number; h: number };
}

export interface Direction extends Media {
  from: string;
  to: string;
  rung: string;
  reason: string;
  kbps?: number;
  nextKbps?: number;
}

export interface Consult {
  id: string;
  state: string;
  since: number;
  profile: string;
  legs: Leg[];
  dirs: Direction[];
  drops: Record<string, number>;
}

export interface Live {
  at: number;
  consults: Consult[];
  more: number;
  drops: Record<string, number>;
}

/** Two minutes of looks, one every two seconds. */
export const LOOKS = 60;

/** The estimates of every link over the last looks; a link that is gone is forgotten. */
export class History {
  private readonly series = new Map<string, (number | undefined)[]>();

  add(live: Live): void {
    const seen = new Set<string>();
    for (const consult of live.consults)
      for (const leg of consult.legs)
        for (const way of ['up', 'down'] as const) {
          const key = `${consult.id} ${leg.id} ${way}`;
          seen.add(key);
          const values = this.series.get(key) ?? [];
          values.push(leg[way]?.kbps);
          if (values.length > LOOKS) values.shift();
          this.series.set(key, values);
        }
    for (const key of this.series.keys()) if (!seen.has(key)) this.series.delete(key);
  }

  of(consult: string, leg: string, way: 'up' | 'down'): readonly (number | undefined)[] {
    return this.series.get(`${consult} ${leg} ${way}`) ?? [];
  }
}

/** The lines of a small plot, one for each run of known values; from 0 to the most, newest at the right edge. */
export function lines(values: readonly (number | undefined)[], width: number, height: number): string[] {
  const most = Math.max(1, ...values.map(value => value ?? 0));
  const runs: string[][] = [[]];
  values.forEach((value, i) => {
    if (value === undefined) {
      runs.push([]);
      return;
    }
    const x = width - (values.length - 1 - i) * (width / (LOOKS - 1));
    const y = height - 1 - (value / most) * (height - 2);
    runs[runs.length - 1]!.push(`${x.toFixed(1)},${y.toFixed(1)}`);
  });
  return runs.filter(run => run.length > 1).map(run => run.join(' '));
}

export function kbps(value: number | undefined): string {
  return value === undefined ? '–' : value < 100 ? value.toFixed(1) : Math.round(value).toString();
}

export function ms(value: number | undefined): string {
  return value === undefined ? '–' : `${Math.round(value)} ms`;
}

export function percent(value: number | undefined): string {
  return value === undefined ? '–' : `${(value * 100).toFixed(1)} %`;
}

export function audio(media: Media): string {
  const { br, pt, red, dtx } = media.a;
  return `${br / 1000}k / ${pt} ms${red ? ' + RED' : ''}${dtx ? ', DTX' : ''}`;
}

export function video(media: Media): string {
  return media.v ? `${kbps(media.v.kbps)}k, ${media.v.fps} fps, ${media.v.h}p` : 'none';
}

/** How long ago, for people. */
export function ago(sinceMs: number, nowMs: number): string {
  const seconds = Math.max(0, Math.round((nowMs - sinceMs) / 1000));
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}
