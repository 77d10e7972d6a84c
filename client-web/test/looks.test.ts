import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { brightness, flaws, sharpness, tooSmall, type Pixels } from '../src/beside/looks';

/** A picture by a function of its place. */
function picture(width: number, height: number, at: (x: number, y: number) => number): Pixels {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0, p = 0; y < height; y++) {
    for (let x = 0; x < width; x++, p += 4) {
      data[p] = data[p + 1] = data[p + 2] = at(x, y);
      data[p + 3] = 255;
    }
  }
  return { data, width, height };
}

/** The same with each pixel the mean of its neighbourhood: a lens out of focus. */
function blurred({ data, width, height }: Pixels, radius: number): Pixels {
  return picture(width, height, (x, y) => {
    let [sum, n] = [0, 0];
    for (let dy = -radius; dy <= radius; dy++)
      for (let dx = -radius; dx <= radius; dx++) {
        const [px, py] = [Math.min(width - 1, Math.max(0, x + dx)), Math.min(height - 1, Math.max(0, y + dy))];
        sum += data[4 * (py * width + px)] as number;
        n++;
      }
    return sum / n;
  });
}

/** Lines of handwriting on paper. */
const paper = picture(1024, 768, (x, y) => (y % 40 < 6 && (x * 7 + y * 3) % 31 < 17 ? 40 : 200));
/** Smooth skin with one small sharp-edged mark in a corner of it, and one more tile's worth beside it. */
const skin = picture(1024, 768, (x, y) =>
  x > 400 && x < 640 && y > 300 && y < 320 ? 60 : 150 + 20 * Math.sin(x / 200),
);

describe('looking at a picture before it is sent', () => {
  test('a sharp one of enough size and light has no flaw', () => {
    assert.deepEqual(flaws(paper), []);
    assert.deepEqual(flaws(skin), [], 'smooth skin is not blurred as long as something on it is sharp');
  });

  test('the same out of focus is called blurred', () => {
    assert.deepEqual(flaws(blurred(paper, 6)), ['blurred']);
    assert.deepEqual(flaws(blurred(skin, 6)), ['blurred']);
    assert.ok(sharpness(blurred(paper, 1)) < sharpness(paper));
  });

  test('too dark, too bright, too small', () => {
    assert.deepEqual(flaws(picture(1024, 768, x => (x % 5 === 0 ? 30 : 8))), ['dark']);
    assert.ok(flaws(picture(1024, 768, x => (x % 9 === 0 ? 200 : 252))).includes('glaring'));
    assert.deepEqual(flaws(picture(640, 480, (x, y) => (((x >> 3) + (y >> 3)) % 2 ? 200 : 60))), ['small']);
    assert.equal(Math.round(brightness(picture(8, 8, () => 77))), 77);
  });

  test('upright counts like lying', () => {
    assert.ok(!tooSmall(600, 800));
    assert.ok(!tooSmall(800, 600));
    assert.ok(tooSmall(799, 600));
    assert.ok(tooSmall(1920, 599));
  });

  test('an empty picture is no crash', () => {
    assert.ok(flaws({ data: new Uint8ClampedArray(0), width: 0, height: 0 }).includes('small'));
  });
});
