// What the list of those who wait says, as texts: pure functions.
import type { QueueKey } from '../messages/queue.en';

/** One who waits, as `GET /api/queue` says it; times in ms since 1970. */
export interface Waiting {
  readonly id: string;
  readonly place: number;
  readonly since: number;
  readonly doctorUrl: string;
  readonly name?: string;
  readonly awaySince?: number;
  readonly doctor?: boolean;
  readonly link?: { readonly sends?: string; readonly gets?: string };
}

export interface Queue {
  readonly at: number;
  readonly waiting: readonly Waiting[];
}

export type Say = (key: QueueKey, fill?: Readonly<Record<string, string>>) => string;

export interface Row {
  readonly key: string;
  readonly number: string;
  readonly name: string;
  readonly lines: readonly string[];
  readonly away: boolean;
  /** Path on this server: whatever host its links begin with, this page was reached by another one maybe. */
  readonly path: string;
}

function time(ms: number, say: Say, count: (n: number) => string): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  return seconds < 90 ? say('seconds', { n: count(seconds) }) : say('minutes', { n: count(Math.round(seconds / 60)) });
}

/** @param known whether there is a text of this name */
export function rows(
  queue: Queue,
  say: Say,
  count: (n: number) => string,
  known: (key: string) => key is QueueKey,
): Row[] {
  const rung = (label: string): string => {
    const key = `rung-${label}`;
    return known(key) ? say(key) : label;
  };
  return queue.waiting.map(each => {
    const { link, awaySince } = each;
    const carries = [
      ...(link?.gets ? [say('gets', { rung: rung(link.gets) })] : []),
      ...(link?.sends ? [say('sends', { rung: rung(link.sends) })] : []),
    ];
    return {
      key: each.id,
      number: count(each.place),
      name: each.name ?? say('unnamed'),
      away: awaySince !== undefined,
      path: new URL(each.doctorUrl).pathname,
      lines: [
        awaySince === undefined
          ? say('since', { time: time(queue.at - each.since, say, count) })
          : say('away', { time: time(queue.at - awaySince, say, count) }),
        carries.length > 0 ? carries.join(' · ') : say('unknown'),
        ...(each.doctor ? [say('taken')] : []),
      ],
    };
  });
}

export function headline(waiting: number, say: Say, count: (n: number) => string): string {
  return waiting === 0 ? say('nobody') : waiting === 1 ? say('one') : say('many', { n: count(waiting) });
}
