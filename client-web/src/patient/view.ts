// Puts a view onto the patient page's elements. Knows the markup and nothing of sockets or calls.
import type { PatientKey } from '../messages/patient.en';
import { byId, say, setPicture, setSwitch, setTrack, show, translate } from '../shared/dom';
import { carriesVideo } from '../shared/protocol';
import { viewOf, type PatientState, type PatientView } from './state';
import { Tongue } from './tongue';

let again = (): void => undefined;
export const tongue = new Tongue(() => again());
const { phrases } = tongue;

const root = document.documentElement;
const screens = { welcome: byId('s-welcome'), message: byId('s-message'), room: byId('s-room') };
const own = byId<HTMLVideoElement>('own');
const note = byId('note');
const live = byId('live');
const line = byId('line');

const DAY = { weekday: 'long', day: 'numeric', month: 'long' } as const;
const HOUR = { hour: 'numeric', minute: '2-digit' } as const;

let shownScreen = 'welcome';
let shownTitle: PatientKey | undefined;
let spoken: PatientKey | undefined;

export function render(state: PatientState, camera: MediaStreamTrack | undefined): void {
  const view = viewOf(state);
  again = () => render(state, camera);
  tongue.want(state.lang);
  translate(phrases);
  byId<HTMLSelectElement>('language').value = tongue.code;
  for (const id of ['language', 'listen'] as const) byId(id).setAttribute('aria-label', phrases.say(id).text);
  byId('sos').setAttribute('aria-label', phrases.say('sos', { number: byId('sos').innerText }).text);
  document.title = phrases.say('title').text;
  root.dataset['state'] = view.page;
  root.dataset['rungUp'] = state.rungUp;
  root.dataset['rungDown'] = state.rungDown;
  root.dataset['quality'] = view.quality ?? '';
  show(screens.welcome, view.screen === 'welcome');
  show(screens.message, view.screen === 'message');
  show(byId('erase'), view.erase);
  show(screens.room, view.screen === 'call' || view.screen === 'waiting');
  if (view.screen === 'welcome') welcome(state, view);
  else if (view.screen === 'message') message(view, state.opensAt);
  else room(state, view, camera);
  announce(view);
}

function welcome(state: PatientState, view: PatientView): void {
  say(byId('w-title'), phrases, view.title, { name: state.name });
  if (view.hint) say(byId('w-hint'), phrases, view.hint);
  setSwitch(byId('join'), phrases, state.presence === 'left' ? 'comeBack' : 'join', false);
  show(byId('voice-only'), state.presence === 'new');
}

function message(view: PatientView, opensAt = 0): void {
  setPicture(byId('m-art'), view.picture);
  say(byId('m-title'), phrases, view.title);
  // Browsers write Punjabi in another script, and do not know every language: whoever reads from the right reads Urdu's months.
  const reader = document.dir === 'rtl' ? 'ur' : 'en';
  const opens = new Date(1000 * opensAt);
  // Isolated: digits and AM or PM stay in their order among letters from the right.
  const time = `${opens.toLocaleDateString(reader, DAY)}, \u2066${opens.toLocaleTimeString(reader, HOUR)}\u2069`;
  if (view.hint) say(byId('m-hint'), phrases, view.hint, { time });
  show(byId('action'), view.action !== undefined);
  const chrome = byId<HTMLAnchorElement>('chrome');
  show(chrome, view.elsewhere && /Android/.test(navigator.userAgent));
  // The same link in the same state of the consultation: nothing of the place in it is lost on the way.
  chrome.href = `intent://${location.host}${location.pathname}#Intent;scheme=https;package=com.android.chrome;end`;
  show(byId('without'), view.without);
  if (view.action) setSwitch(byId('action'), phrases, view.action === 'reload' ? 'useHere' : 'retry', false);
}

function room(state: PatientState, view: PatientView, camera: MediaStreamTrack | undefined): void {
  const picture =
    view.screen === 'call' &&
    state.picture &&
    carriesVideo(state.rungDown || 'video') &&
    state.doctor?.camera !== false;
  screens.room.className = `room ${view.screen}${picture ? ' picture' : ''}${camera ? ' preview' : ''}`;
  show(byId('remote'), picture);
  setTrack(own, camera);
  show(own, camera !== undefined);
  own.setAttribute('aria-label', phrases.say('you').text);
  byId('remote').setAttribute('aria-label', phrases.say('doctor').text);
  say(byId('r-title'), phrases, view.title);
  show(byId('r-hint'), view.hint !== undefined);
  if (view.hint) say(byId('r-hint'), phrases, view.hint);
  show(note, view.note !== undefined);
  if (view.note) say(note, phrases, view.note);
  setSwitch(byId('mute'), phrases, state.microphone === 'on' ? 'mute' : 'unmute', state.microphone !== 'on');
  setSwitch(byId('camera'), phrases, state.camera === 'none' ? 'cameraOn' : 'cameraOff', state.camera === 'none');
  show(byId('hear'), view.screen === 'call' && state.soundBlocked);
  show(line, view.quality !== undefined);
  if (view.quality) {
    line.className = `line ${view.quality}`;
    setPicture(byId('line-art'), `q-${view.quality}`);
    say(byId('line-words'), phrases, `q-${view.quality}`);
  }
}

/** A new screen takes the focus to its heading, which reads it; a note on the same screen is read by the live region. */
function announce(view: PatientView): void {
  if (view.screen !== shownScreen || (view.screen === 'message' && view.title !== shownTitle)) {
    shownScreen = view.screen;
    const heading = view.screen === 'welcome' ? 'w-title' : view.screen === 'message' ? 'm-title' : 'r-title';
    byId(heading).focus({ preventScroll: true });
  }
  shownTitle = view.title;
  // A poor line changes how one speaks, so it is said; better and worse in between are only shown.
  const news = view.note ?? (view.quality === 'poor' ? 'q-poor' : undefined);
  if (news === spoken) return;
  spoken = news;
  if (spoken) say(live, phrases, spoken);
  else live.textContent = '';
}
