// Puts a view onto the console's elements. Knows the markup and nothing of sockets or calls.
import { doctorEn, type DoctorKey } from '../messages/doctor.en';
import { doctorUr } from '../messages/doctor.ur';
import { byId, say, setSwitch, setTrack, show, translate } from '../shared/dom';
import { Phrases } from '../shared/i18n';
import { carriesVideo, type LinkFigures } from '../shared/protocol';
import {
  canAdmit,
  inCall,
  lineInWords,
  nextRung,
  patientInWords,
  pinShown,
  viewOf,
  type DoctorState,
  type DoctorView,
} from './state';
import { draw, type Point } from './trace';

const phrases = new Phrases<DoctorKey>({ code: 'en', dir: 'ltr', texts: doctorEn }, [
  { code: 'ur', dir: 'rtl', texts: doctorUr },
]);

const root = document.documentElement;
const stage = byId('remote').parentElement as HTMLElement;

let shownScreen = '';
let spoken: DoctorKey | undefined;
let confirming = false;

/** The console speaks the doctor's language, which is the browser's; `lang` of the consultation is the patient's. */
export function begin(): void {
  phrases.choose(navigator.languages);
  translate(phrases);
  document.title = phrases.say('title').text;
}

export function render(state: DoctorState, camera: MediaStreamTrack | undefined, nowMs: number): void {
  const view = viewOf(state);
  root.dataset['state'] = view.page;
  root.dataset['rungUp'] = state.rungUp;
  root.dataset['rungDown'] = state.rungDown;
  const isMessage = view.screen === 'message';
  show(byId('s-message'), isMessage);
  show(byId('s-console'), !isMessage);
  if (isMessage) message(view);
  else {
    person(state, view, nowMs);
    stageOf(state, view, camera);
    side(state, view, nowMs);
    controls(state);
  }
  announce(state, view);
}

function message(view: DoctorView): void {
  say(byId('m-title'), phrases, view.title);
  show(byId('m-hint'), view.hint !== undefined);
  if (view.hint) say(byId('m-hint'), phrases, view.hint);
  show(byId('action'), view.action !== undefined);
  setSwitch(byId('action'), phrases, 'useHere', false);
}

function person(state: DoctorState, view: DoctorView, nowMs: number): void {
  const there = state.consult !== 'created';
  const name = byId('c-name');
  name.textContent = there ? state.patientName || phrases.say('patient').text : '';
  if (view.screen === 'call') byId('c-what').textContent = '';
  else say(byId('c-what'), phrases, view.title);
  const hint = byId('c-hint');
  const since = state.patient?.waitingSince;
  if (state.consult === 'waiting' && since !== undefined) {
    const minutes = Math.max(0, Math.floor((nowMs / 1000 - since) / 60));
    const time = new Date(since * 1000).toLocaleTimeString(phrases.language.code, {
      hour: '2-digit',
      minute: '2-digit',
    });
    say(hint, phrases, minutes === 0 ? 'justNow' : 'waitsHint', { time, minutes: String(minutes) });
  } else if (view.hint) say(hint, phrases, view.hint);
  else hint.textContent = '';
  const chip = byId('c-link');
  show(chip, there);
  say(chip, phrases, patientInWords(state));
  chip.classList.toggle('ok', state.patient?.connected === true);
  const admit = byId<HTMLButtonElement>('admit');
  show(admit, !inCall(state));
  admit.disabled = !canAdmit(state);
  setSwitch(admit, phrases, state.admitting ? 'admitting' : 'admit', false);
}

function stageOf(state: DoctorState, view: DoctorView, camera: MediaStreamTrack | undefined): void {
  const picture =
    view.screen === 'call' &&
    state.picture &&
    carriesVideo(state.rungDown || 'video') &&
    state.patient?.camera !== false;
  stage.classList.toggle('picture', picture);
  show(byId('remote'), picture);
  byId('remote').setAttribute('aria-label', state.patientName || phrases.say('patient').text);
  const own = byId<HTMLVideoElement>('own');
  setTrack(own, camera);
  show(own.parentElement as HTMLElement, camera !== undefined);
  const note = byId('note');
  show(note, view.note !== undefined);
  if (view.note) say(note, phrases, view.note);
  show(byId('hear'), view.screen === 'call' && state.soundBlocked);
}

function side(state: DoctorState, view: DoctorView, nowMs: number): void {
  const problems = byId('problems');
  const wanted = view.problems.map(key => phrases.say(key).text);
  if ([...problems.children].map(p => p.textContent).join() !== wanted.join()) {
    problems.replaceChildren(...view.problems.map(key => paragraph(key)));
  }
  say(byId('l-words'), phrases, lineInWords(state.figures));
  figures(state.figures);
  plot('p-up', 'upKbps', state.traces.up, nowMs);
  plot('p-down', 'downKbps', state.traces.down, nowMs);
  plot('o-up', 'ownUp', state.ownTraces.up, nowMs);
  plot('o-down', 'ownDown', state.ownTraces.down, nowMs);
  rung(state, 'down', state.rungDown, state.downReason);
  rung(state, 'up', state.rungUp, state.upReason);
  const pin = byId<HTMLSelectElement>('pin');
  pin.value = pinShown(state);
  pin.disabled = !inCall(state);
}

function paragraph(key: DoctorKey): HTMLElement {
  const p = document.createElement('p');
  say(p, phrases, key);
  return p;
}

const number = (n: number, digits: number): string =>
  n.toLocaleString(phrases.language.code, { maximumFractionDigits: digits });

/** Rates are read at a glance: no digit that changes without meaning. */
const rate = (kbps: number | undefined): string => (kbps === undefined ? '–' : number(kbps, kbps < 20 ? 1 : 0));

const PLOT = { width: 136, height: 40 };

/** One link direction: a line of what it could carry, an area of what it did, and the same in words. */
function plot(id: string, label: DoctorKey, points: readonly Point[], nowMs: number): void {
  const figure = byId(id);
  const caption = figure.querySelector('figcaption') as HTMLElement;
  const last = points[points.length - 1];
  say(caption.children[0] as HTMLElement, phrases, label);
  say(caption.children[1] as HTMLElement, phrases, 'used', { did: rate(last?.did), could: rate(last?.could) });
  const { could, did, topKbps } = draw(points, nowMs, PLOT.width, PLOT.height);
  const [area, line] = figure.querySelectorAll('path');
  area?.setAttribute('d', did);
  line?.setAttribute('d', could);
  const top = figure.querySelector('text');
  if (top) top.textContent = points.length > 0 ? number(topKbps, 0) : '';
}

function figures(f: LinkFigures | undefined): void {
  const cell = (key: DoctorKey, n: number | undefined, digits: number): string =>
    n === undefined ? phrases.say('unknown').text : phrases.say(key, { n: number(n, digits) }).text;
  const percent = (n: number | undefined): number | undefined => (n === undefined ? undefined : n * 100);
  const rows: [DoctorKey, string][] = [
    ['rtt', cell('seconds', f?.rttMs === undefined ? undefined : f.rttMs / 1000, 2)],
    ['lossUp', cell('percent', percent(f?.lossUp), 1)],
    ['lossDown', cell('percent', percent(f?.lossDown), 1)],
  ];
  const list = byId('figures');
  if (list.childElementCount === 0)
    list.append(...rows.flatMap(() => [document.createElement('dt'), document.createElement('dd')]));
  rows.forEach(([label, value], i) => {
    const [dt, dd] = [list.children[2 * i] as HTMLElement, list.children[2 * i + 1] as HTMLElement];
    say(dt, phrases, label);
    if (dd.textContent !== value) dd.textContent = value;
  });
}

/** A rung and its reason in words; one that this page does not know is shown by its public name. */
function rung(state: DoctorState, which: 'up' | 'down', name: string, reason: string): void {
  const put = (element: HTMLElement, prefix: string, label: string): void => {
    const key = `${prefix}-${label}`;
    if (key in doctorEn) say(element, phrases, key as DoctorKey);
    else element.textContent = label;
  };
  if (name === '') say(byId(`${which}-rung`), phrases, 'none');
  else put(byId(`${which}-rung`), 'rung', name);
  put(byId(`${which}-reason`), 'reason', reason);
  const next = nextRung(state, which);
  const element = byId(`${which}-next`);
  show(element, next !== undefined);
  if (!next) return;
  const fill = { rung: phrases.say(`rung-${next.rung}`).text, needs: rate(next.needsKbps), has: rate(next.hasKbps) };
  say(element, phrases, next.hasKbps === undefined ? 'next' : 'nextNow', fill);
}

function controls(state: DoctorState): void {
  setSwitch(byId('mute'), phrases, state.microphone === 'on' ? 'mute' : 'unmute', state.microphone !== 'on');
  setSwitch(byId('camera'), phrases, state.camera === 'none' ? 'cameraOn' : 'cameraOff', state.camera === 'none');
  byId<HTMLButtonElement>('end').disabled = state.ending;
  show(byId('confirm'), state.confirmingEnd);
  if (state.confirmingEnd !== confirming) {
    confirming = state.confirmingEnd;
    byId(confirming ? 'end-no' : 'end').focus();
  }
}

/** A new screen takes the focus to its heading; who waits and what broke is read by the live region. */
function announce(state: DoctorState, view: DoctorView): void {
  const live = byId('live');
  if (view.screen !== shownScreen) {
    shownScreen = view.screen;
    byId(view.screen === 'message' ? 'm-title' : 'c-title').focus({ preventScroll: true });
  }
  const news = view.note ?? view.problems[0] ?? (state.consult === 'waiting' ? 'waits' : undefined);
  if (news === spoken) return;
  spoken = news;
  if (news) say(live, phrases, news);
  else live.textContent = '';
}
