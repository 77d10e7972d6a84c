import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DETAILS, difference, encodeWithin, StillPlan, type Take } from '../src/beside/stills';

const scene = (light: number): Float32Array => new Float32Array(32 * 24).fill(light);
/** As the design measured one portrait: bytes of a WebP by rows and quality. */
const webpBytes = (rows: number, quality: number): number =>
  Math.round(rows * rows * 1.333 * 0.046 * (0.56 + 2.2 * quality) * (160 / (rows + 40)) ** 0.4);

/** Takes what the plan wants for `seconds`, as a link of the plan's budget lets it: the next picture when the last is through. */
function run(plan: StillPlan, kbps: number, seconds: number, light: (second: number) => number): Take[] {
  const taken: Take[] = [];
  let freeAt = 0;
  for (let ms = 0; ms < seconds * 1000; ms += 250) {
    if (ms < freeAt) continue;
    const take = plan.next(scene(light(ms / 1000)), ms);
    if (!take) continue;
    const { rows, quality } = take.detail;
    const bytes = webpBytes(rows, quality);
    plan.encoded(take, (rows * rows * 4) / 3, bytes);
    freeAt = ms + bytes / (kbps / 8);
    taken.push(take);
  }
  return taken;
}

describe('which still is taken', () => {
  test('the first is small, then better while the scene stands still, never less', () => {
    const steps = run(new StillPlan(8), 8, 60, () => 90).map(take => DETAILS.indexOf(take.detail));
    assert.ok((steps[0] as number) <= 1);
    assert.deepEqual(
      steps,
      [...steps].sort((a, b) => a - b),
    );
    assert.ok((steps.at(-1) as number) >= 3, `${steps}`);
  });

  test('a scene that moves gets pictures that are through in about three seconds', () => {
    for (const kbps of [4, 8, 12]) {
      const taken = run(new StillPlan(kbps), kbps, 120, second => (second * 61) % 255);
      assert.ok(taken.length >= 30, `${kbps} kbps: ${taken.length} pictures in 120 s`);
      for (const { detail } of taken.slice(2))
        assert.ok(webpBytes(detail.rows, detail.quality) <= kbps * 125 * 3 * 1.3, `${kbps} kbps: ${detail.rows}`);
    }
  });

  test('nothing new is nothing sent, but for a sign of life', () => {
    const plan = new StillPlan(12);
    const taken = run(plan, 12, 200, () => 90);
    const late = run(plan, 12, 0, () => 90);
    assert.equal(late.length, 0);
    assert.ok(taken.length < 14, `${taken.length} pictures of a wall`);
  });

  test('a face that only breathes is shown anew every few seconds', () => {
    const plan = new StillPlan(12);
    const taken = run(plan, 12, 120, second => 90 + Math.sin(second));
    assert.ok(taken.length >= 12, `${taken.length} pictures in 120 s`);
  });

  test('a budget that falls makes the next picture smaller, one that grows better', () => {
    const plan = new StillPlan(12);
    run(plan, 12, 60, () => 90);
    plan.budget(4);
    const small = plan.next(scene(200), 61_000) as Take;
    plan.budget(40);
    const large = plan.next(scene(20), 62_000) as Take;
    assert.ok(small.mostBytes < large.mostBytes);
    assert.ok(DETAILS.indexOf(small.detail) < DETAILS.indexOf(large.detail));
  });

  test('after a restart it begins small again', () => {
    const plan = new StillPlan(12);
    run(plan, 12, 60, () => 90);
    plan.restart();
    assert.ok(DETAILS.indexOf((plan.next(scene(90), 70_000) as Take).detail) <= 1);
  });

  test('difference is the mean of what changed', () => {
    assert.equal(difference(scene(10), scene(30)), 20);
    assert.equal(difference(new Float32Array(0), new Float32Array(0)), 0);
  });
});

describe('encoding within a size', () => {
  const tries: { rows: number; quality: number }[] = [];
  const encoder = (bytes: (rows: number, quality: number) => number) => (rows: number, quality: number) => {
    tries.push({ rows, quality });
    return Promise.resolve({ blob: { size: bytes(rows, quality) } as Blob, width: rows, height: rows });
  };

  test('less quality first, then a smaller picture', async () => {
    tries.length = 0;
    const take = { detail: DETAILS[3], mostBytes: 1500 } as Take;
    const out = await encodeWithin(take, encoder(webpBytes));
    assert.ok(out && out.blob.size <= 1500);
    assert.equal(tries[1]?.rows, tries[0]?.rows);
    assert.ok((tries.at(-1)?.rows ?? 0) < 240);
  });

  test('what never fits ends all the same', async () => {
    tries.length = 0;
    assert.ok(
      await encodeWithin(
        { detail: DETAILS[6], mostBytes: 700 } as Take,
        encoder(() => 90_000),
      ),
    );
    assert.equal(tries.length, 4);
    assert.equal(await encodeWithin({ detail: DETAILS[0], mostBytes: 700 } as Take, async () => undefined), undefined);
  });
});
