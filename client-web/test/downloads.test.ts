import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { Downloads, type Came } from '../src/beside/downloads';
import { chunkFrame, parseFrame, type Frame } from '../src/beside/frames';
import { sha256, type Said } from '../src/beside/messages';
import { MemoryStore } from '../src/beside/store';

const ID = 'photo___________';
const data = Uint8Array.from({ length: 40_000 }, (_, i) => (i * 7) % 253);
/** Hashes are made on another thread: waits for what follows from them. */
const until = async (there: () => boolean): Promise<void> => {
  while (!there()) await new Promise(resolve => setImmediate(resolve));
};
const arrived = (n: number): Promise<void> => until(() => came.length >= n);

let store: MemoryStore;
let said: Said[];
let acks: number[];
let came: Came[];
let nowMs: number;
let downloads: Downloads;

function fresh(): Downloads {
  return new Downloads(
    {
      say: m => said.push(m),
      sayBytes: frame => acks.push((parseFrame(frame.buffer) as Frame).off),
      store,
    },
    item => came.push(item),
    () => undefined,
    () => nowMs,
  );
}

const chunk = (n: number, from: number, to: number): void =>
  downloads.onChunk(parseFrame(chunkFrame(n, from, data.subarray(from, to)).buffer) as Frame);
const run = (n: number, from: number, to: number): void => {
  for (let at = from; at < to; at += 1400) chunk(n, at, Math.min(to, at + 1400));
};
const want = async (sha?: string): Promise<void> => {
  await downloads.want({ id: ID, bytes: data.length, type: 'image/jpeg', sha: sha ?? (await sha256(data)) }, 'photo');
};
const give = (n: number, off: number): void =>
  downloads.onGive({ n, id: ID, kind: 'photo', bytes: data.length, type: 'image/jpeg', off, win: 4200 });

beforeEach(() => {
  [store, said, acks, came, nowMs] = [new MemoryStore(), [], [], [], 0];
  downloads = fresh();
  downloads.opened();
});

describe('a download', () => {
  test('is asked for, acknowledged at half of the window and at the end, checked and said to be there', async () => {
    await want();
    assert.deepEqual(said, [{ t: 'get', id: ID, off: 0 }]);
    give(5, 0);
    run(5, 0, data.length);
    await arrived(1);
    assert.equal(acks.at(-1), data.length);
    assert.ok(acks.length >= data.length / 2800 - 1 && acks.length <= data.length / 2100 + 1, `${acks.length}`);
    assert.deepEqual(came[0]?.data, data);
    assert.deepEqual(said.at(-1), { t: 'got', id: ID });
  });

  test('goes on after a lost socket from the byte where it stopped', async () => {
    await want();
    give(5, 0);
    run(5, 0, 14_000);
    downloads.lost();
    run(5, 14_000, 16_000); // late, of a number that is nobody's
    said = [];
    downloads.opened();
    assert.deepEqual(said, [{ t: 'get', id: ID, off: 14_000 }]);
    give(9, 14_000);
    run(9, 14_000, data.length);
    await arrived(1);
    assert.deepEqual(came[0]?.data, data);
  });

  test('goes on after a reload from what was written down', async () => {
    await want();
    give(5, 0);
    run(5, 0, 21_000);
    said = [];
    downloads = fresh();
    downloads.opened();
    await want();
    const [get] = said;
    assert.ok(get?.t === 'get' && get.off >= 16_384 && get.off <= 21_000, JSON.stringify(get));
    give(1, get.off);
    run(1, get.off, data.length);
    await arrived(1);
    assert.deepEqual(came[0]?.data, data);
  });

  test('what is here whole from an earlier visit is not asked for again', async () => {
    await want();
    give(5, 0);
    run(5, 0, data.length);
    await arrived(1);
    said = [];
    downloads = fresh();
    downloads.opened();
    await want();
    await arrived(2);
    assert.deepEqual(said, [{ t: 'got', id: ID }]);
    assert.equal(came.length, 2);
  });

  test('with a wrong hash is asked for again from 0, three times at most', async () => {
    await want('A'.repeat(43));
    for (let i = 1; i <= 4; i++) {
      give(i, 0);
      run(i, 0, data.length);
      if (i < 3) await until(() => said.length > i);
      else await until(() => !downloads.has(ID));
    }
    assert.deepEqual(
      said,
      [0, 1, 2].map(() => ({ t: 'get', id: ID, off: 0 })),
    );
    assert.equal(came.length, 0);
  });

  test('chunks with a hole before them, over the end, or of nobody change nothing', async () => {
    await want();
    give(5, 0);
    run(5, 0, 2800);
    chunk(5, 5600, 7000);
    chunk(77, 2800, 4200);
    downloads.onChunk({ n: 5, ack: false, off: 2800, bytes: new Uint8Array(data.length) });
    run(5, 2800, data.length);
    await arrived(1);
    assert.deepEqual(came[0]?.data, data);
  });
});

describe('what comes by itself', () => {
  test('a thumb and a still are taken without being asked for; anything else is not', async () => {
    downloads.onGive({
      n: 1,
      id: 'still___________',
      kind: 'still',
      bytes: 1400,
      type: 'image/webp',
      age: 300,
      from: 'patient',
    });
    nowMs = 900;
    run(1, 0, 1400);
    give(2, 0);
    run(2, 0, data.length);
    await arrived(1);
    assert.deepEqual(
      came.map(({ kind, from, ageMs }) => [kind, from, ageMs]),
      [['still', 'patient', 1200]],
    );
    assert.deepEqual(said, []);
  });

  test('a newer still ends an older one', async () => {
    const still = (n: number): void =>
      downloads.onGive({ n, id: `still${n}`.padEnd(16, '_'), kind: 'still', bytes: 2800, type: 'image/webp' });
    still(1);
    run(1, 0, 1400);
    still(2);
    run(1, 1400, 2800);
    run(2, 0, 2800);
    await arrived(1);
    assert.deepEqual(
      came.map(({ id }) => id),
      ['still2__________'],
    );
  });
});
