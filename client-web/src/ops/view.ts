// The live view as a tree; only what is different is touched, so that a selection and the screen reader's place survive.
import { ago, audio, kbps, lines, ms, percent, video } from './model';
import type { Consult, Direction, History, Leg, Live } from './model';

const SVG = 'http://www.w3.org/2000/svg';
const [WIDTH, HEIGHT] = [120, 28];

type Child = Element | string;

function element(tag: string, attributes: Record<string, string> = {}, ...children: Child[]): Element {
  const svg = tag === 'svg' || tag === 'polyline';
  const made = svg ? document.createElementNS(SVG, tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** Makes `shown` look like `wanted`, in place where the two have the same shape. */
export function patch(shown: Node, wanted: Node): void {
  if (shown.nodeType !== wanted.nodeType || shown.nodeName !== wanted.nodeName) {
    shown.parentNode?.replaceChild(wanted, shown);
    return;
  }
  if (shown.nodeType === Node.TEXT_NODE) {
    if (shown.nodeValue !== wanted.nodeValue) shown.nodeValue = wanted.nodeValue;
    return;
  }
  const [old, fresh] = [shown as Element, wanted as Element];
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of [...fresh.attributes])
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  const children = [...fresh.childNodes];
  const known = [...old.childNodes];
  children.forEach((child, i) => {
    const before = known[i];
    if (before) patch(before, child);
    else old.append(child);
  });
  known.slice(children.length).forEach(child => child.remove());
}

/** Numeric columns begin with a `#`. */
function table(caption: string, columns: string[], rows: Child[][]): Element {
  const numeric = columns.map(column => column.startsWith('#'));
  const cell = (tag: string, i: number, child: Child, more: Record<string, string> = {}): Element =>
    element(tag, { ...(numeric[i] ? { class: 'n' } : {}), ...more }, child);
  const head = columns.map((column, i) => cell('th', i, column.replace('#', ''), { scope: 'col' }));
  const body = rows.map(row =>
    element('tr', {}, ...row.map((child, i) => cell(i ? 'td' : 'th', i, child, i ? {} : { scope: 'row' }))),
  );
  return element(
    'div',
    { class: 'wide', tabindex: '0', role: 'region', 'aria-label': caption },
    element(
      'table',
      {},
      element('caption', {}, caption),
      element('thead', {}, element('tr', {}, ...head)),
      element('tbody', {}, ...body),
    ),
  );
}

function sparkline(values: readonly (number | undefined)[], label: string): Element {
  const drawn = lines(values, WIDTH, HEIGHT).map(points => element('polyline', { points }));
  return element('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': label }, ...drawn);
}

function state(name: string): Element {
  return element('span', { class: `state ${name}` }, name);
}

function linkRows(consult: Consult, leg: Leg, history: History): Child[][] {
  return (['up', 'down'] as const).map(way => {
    const estimate = leg[way];
    const values = history.of(consult.id, leg.id, way);
    const known = values.filter(value => value !== undefined);
    const label = known.length
      ? `${leg.role} ${way}: ${kbps(Math.min(...known))} to ${kbps(Math.max(...known))} kbps in two minutes`
      : `${leg.role} ${way}: no estimate yet`;
    return [
      `${leg.role} ${way}`,
      kbps(estimate?.kbps),
      estimate?.confidence ?? '–',
      estimate && (estimate.confidence !== 'none' || estimate.state !== 'clean') ? state(estimate.state) : '–',
      ms(estimate?.queueMs),
      percent(way === 'up' ? leg.lossUp : leg.lossDown),
      kbps(way === 'up' ? leg.upKbps : leg.downKbps),
      sparkline(values, label),
    ];
  });
}

function legRow(leg: Leg): Child[] {
  const page = leg.kind === 'web' ? (leg.socket ? 'open' : 'away') : '–';
  return [leg.role, leg.id, leg.kind, leg.connected ? 'connected' : 'away', page, ms(leg.rttMs)];
}

function directionRow(direction: Direction): Child[] {
  return [
    `${direction.from} → ${direction.to}`,
    direction.rung,
    direction.reason,
    kbps(direction.kbps),
    kbps(direction.nextKbps),
    audio(direction),
    video(direction),
  ];
}

function drops(caption: string, counts: Record<string, number>): Child[] {
  const rows = Object.entries(counts).sort((a, b) => b[1] - a[1]);
  return rows.length
    ? [
        table(
          caption,
          ['Cause', '#Packets'],
          rows.map(([cause, count]) => [cause, count.toString()]),
        ),
      ]
    : [];
}

function consultation(consult: Consult, live: Live, history: History): Element {
  const links = ['Link', '#Estimate kbps', 'Confidence', 'State', '#Queue', '#Loss', '#Carried kbps', 'Two minutes'];
  const directions = ['Direction', 'Rung', 'Reason', '#kbps', '#Next needs', 'Speech', 'Pictures'];
  const profile = consult.profile ? `, profile ${consult.profile}` : '';
  return element(
    'section',
    { 'data-consult': consult.id },
    element('h2', {}, `Consultation ${consult.id}`),
    element('p', {}, `${consult.state} for ${ago(consult.since, live.at)}${profile}`),
    table('Legs', ['Role', 'Leg', 'Kind', 'Media', 'Page', '#Round trip'], consult.legs.map(legRow)),
    table(
      'Links',
      links,
      consult.legs.flatMap(leg => linkRows(consult, leg, history)),
    ),
    ...(consult.dirs.length ? [table('Directions', directions, consult.dirs.map(directionRow))] : []),
    ...drops('Dropped in this call', consult.drops),
  );
}

export function tree(live: Live, history: History): Element {
  const none = element('section', {}, element('p', {}, 'Nobody is here.'));
  const more = live.more ? [element('section', {}, element('p', {}, `And ${live.more} more.`))] : [];
  return element(
    'main',
    { id: 'live' },
    ...(live.consults.length ? live.consults.map(consult => consultation(consult, live, history)) : [none]),
    ...more,
    element(
      'section',
      {},
      element('h2', {}, 'Server'),
      ...(Object.keys(live.drops).length
        ? drops('Packets dropped since the start', live.drops)
        : [element('p', {}, 'No packet was dropped since the start.')]),
    ),
  );
}
