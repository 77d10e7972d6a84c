import assert from 'node:assert/strict';
import { test } from 'node:test';
import { queueEn, type QueueKey } from '../src/messages/queue.en';
import { headline, rows, type Queue } from '../src/queue/model';

const say = (key: QueueKey, fill: Readonly<Record<string, string>> = {}): string =>
  queueEn[key].replace(/\{(\w+)\}/g, (_, name: string) => fill[name] ?? '');
const known = (key: string): key is QueueKey => key in queueEn;

test('a row says who, since when, and what the link will carry each way', () => {
  const queue: Queue = {
    at: 1_000_000,
    waiting: [
      {
        id: 'a',
        place: 1,
        since: 400_000,
        name: 'Zainab',
        doctorUrl: 'https://other.example/d/abc',
        link: { gets: 'slow-video', sends: 'thin-voice' },
        doctor: true,
      },
      { id: 'b', place: 2, since: 10, awaySince: 955_000, doctorUrl: 'https://x/d/def', link: { gets: 'hologram' } },
      { id: 'c', place: 3, since: 999_000, doctorUrl: 'https://x/d/g' },
    ],
  };
  const [first, second, third] = rows(queue, say, String, known);
  assert.deepEqual(first, {
    key: 'a',
    number: '1',
    name: 'Zainab',
    away: false,
    path: '/d/abc',
    lines: ['waits 10 min', 'gets: slow picture and voice · sends: thin voice', 'a doctor is on the page'],
  });
  assert.deepEqual(second?.lines, ['away for 45 s, keeps the place', 'gets: hologram']);
  assert.equal(second?.away, true);
  assert.deepEqual([third?.name, third?.lines], ['No name', ['waits 1 s', 'link not measured yet']]);
});

test('the headline counts', () => {
  assert.deepEqual(
    [0, 1, 3].map(n => headline(n, say, String)),
    ['Nobody waits.', 'One person waits.', '3 people wait.'],
  );
});
