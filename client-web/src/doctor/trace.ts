// What a link could carry and what it did carry over the last two minutes, and how that is drawn: pure functions.
import type { LinkFigures } from '../shared/protocol';

export interface Point {
  readonly atMs: number;
  /** Link kbps: believed to be there, and used; undefined where it was not measured. */
  readonly could: number | undefined;
  readonly did: number | undefined;
}

export interface Traces {
  readonly up: readonly Point[];
  readonly down: readonly Point[];
}

export const NO_TRACES: Traces = { up: [], down: [] };

const KEPT_MS = 120_000;
// `link` comes every two seconds: after this long without it, the line is broken and no straight one is drawn across.
const GAP_MS = 7_000;

export function traced(traces: Traces, f: LinkFigures, atMs: number): Traces {
  const add = (points: readonly Point[], could: number | undefined, did: number | undefined): readonly Point[] => [
    // A clock that was set back leaves points in the future: away with them.
    ...points.filter(point => point.atMs < atMs && atMs - point.atMs <= KEPT_MS),
    { atMs, could, did },
  ];
  return { up: add(traces.up, f.upEst, f.upKbps), down: add(traces.down, f.downEst, f.downKbps) };
}

/** Two paths in a box of `width` x `height`, the newest at the right; and the kbps of its upper edge. */
export interface Drawing {
  readonly could: string;
  readonly did: string;
  readonly topKbps: number;
}

/** Round numbers for the upper edge, so that it does not jump about. */
const TOPS = [10, 20, 40, 80, 150, 300, 600, 1200, 2500, 5000, 10_000];

export function draw(points: readonly Point[], nowMs: number, width: number, height: number): Drawing {
  const most = Math.max(0, ...points.flatMap(point => [point.could ?? 0, point.did ?? 0]));
  const topKbps = TOPS.find(top => top >= most) ?? most;
  const path = (pick: (point: Point) => number | undefined): string => {
    let d = '';
    let lastMs = Number.NEGATIVE_INFINITY;
    for (const point of points) {
      const kbps = pick(point);
      if (kbps === undefined) {
        lastMs = Number.NEGATIVE_INFINITY;
        continue;
      }
      const x = width * (1 - (nowMs - point.atMs) / KEPT_MS);
      const y = height * (1 - Math.min(1, Math.max(0, kbps / topKbps)));
      d += `${point.atMs - lastMs > GAP_MS ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
      lastMs = point.atMs;
    }
    return d;
  };
  return { could: path(point => point.could), did: path(point => point.did), topKbps };
}
