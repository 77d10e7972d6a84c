// Channels that a recorder has each for itself become blocks of both.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Channels } from '../recording.mjs';

const [SENT, HEARD] = [0, 1];
const BLOCK = 1_600;

function piece(frame, frames, value, atMs) {
  return { frame, atMs, samples: Buffer.from(new Int16Array(frames).fill(value).buffer).toString('base64') };
}

function collect() {
  const blocks = [];
  const channels = new Channels((written) =>
    blocks.push(
      ...written.map(({ atMs, samples }) => {
        const bytes = Buffer.from(samples, 'base64');
        const all = Array.from({ length: bytes.length / 2 }, (_, i) => bytes.readInt16LE(2 * i));
        return { atMs, sent: all.filter((_, i) => i % 2 === SENT), heard: all.filter((_, i) => i % 2 === HEARD) };
      }),
    ),
  );
  return { channels, blocks };
}

test('a block is given when both channels are there, with the later stamp', () => {
  const { channels, blocks } = collect();
  channels.put(SENT, [piece(0, BLOCK, 5, 100), piece(BLOCK, BLOCK, 6, 200)]);
  assert.equal(blocks.length, 0);
  channels.put(HEARD, [piece(1_000, 600, 7, 104), piece(BLOCK, BLOCK, 8, 201)]);
  assert.deepEqual(blocks.map((block) => block.atMs), [104, 201]);
  assert.deepEqual([blocks[0].sent.length, blocks[0].sent[0], blocks[1].sent[1_599]], [BLOCK, 5, 6]);
  assert.deepEqual([blocks[0].heard[999], blocks[0].heard[1_000], blocks[1].heard[0]], [0, 7, 8]);
});

test('of two recorders on one channel both are heard, and no louder than can be written', () => {
  const { channels, blocks } = collect();
  channels.put(HEARD, [piece(0, BLOCK, 20_000, 100)]);
  channels.put(HEARD, [piece(0, 800, 20_000, 100)]);
  channels.put(SENT, [piece(0, BLOCK, -3, 100)]);
  assert.deepEqual([blocks[0].heard[0], blocks[0].heard[800]], [32_767, 20_000]);
});

test('a channel that says nothing does not hold the other back for ever', () => {
  const { channels, blocks } = collect();
  for (let block = 0; block < 500; block++) {
    channels.put(SENT, [piece(block * BLOCK, BLOCK, 1, 100 * (block + 1))]);
  }
  assert.equal(blocks.length, 100);
  channels.put(HEARD, [piece(450 * BLOCK, BLOCK, 2, 45_100)]);
  assert.equal(blocks.length, 451);
  assert.equal(blocks[450].heard[0], 2);
  channels.put(HEARD, [piece(0, BLOCK, 2, 45_200)]);
  assert.equal(blocks.length, 451, 'what comes too late is left out');
});

test('the end gives what is left, as far as both go, or the one that there is', () => {
  const alone = collect();
  alone.channels.put(SENT, [piece(0, BLOCK, 1, 100), piece(BLOCK, BLOCK, 1, 200)]);
  alone.channels.close();
  assert.equal(alone.blocks.length, 2);
  const both = collect();
  both.channels.put(SENT, [piece(0, BLOCK, 1, 100), piece(BLOCK, BLOCK, 1, 200)]);
  both.channels.put(HEARD, [piece(0, BLOCK, 1, 100)]);
  both.channels.close();
  assert.equal(both.blocks.length, 1);
  const none = collect();
  none.channels.close();
  assert.equal(none.blocks.length, 0);
});
