// Where a photo lies under its frame: how large and how far moved. Arithmetic only.

export interface Lens {
  /** 1 shows the whole photo. */
  readonly zoom: number;
  /** Of the photo's middle from the frame's, in pixels of the frame. */
  readonly x: number;
  readonly y: number;
}

export const WHOLE: Lens = { zoom: 1, x: 0, y: 0 };
const MOST_ZOOM = 12;

/** Zooms by `factor` around a point, given from the frame's middle: what lies under it stays there. */
export function zoomed(lens: Lens, factor: number, px: number, py: number): Lens {
  const zoom = Math.min(MOST_ZOOM, Math.max(1, lens.zoom * factor));
  const by = zoom / lens.zoom;
  return { zoom, x: px - (px - lens.x) * by, y: py - (py - lens.y) * by };
}

/** Moved, but never out of the frame of this size. */
export function moved(lens: Lens, dx: number, dy: number, width: number, height: number): Lens {
  const most = (size: number): number => ((lens.zoom - 1) * size) / 2;
  const within = (v: number, limit: number): number => Math.min(limit, Math.max(-limit, v));
  return { zoom: lens.zoom, x: within(lens.x + dx, most(width)), y: within(lens.y + dy, most(height)) };
}
