// The patient page: events in, state on, and the few effects that follow from a change.
import { watchBattery } from '../shared/battery';
import { textHash } from '../shared/derive';
import { byId, onceLoaded } from '../shared/dom';
import { earlySocket } from '../shared/early';
import { loadLater, type Host, type Later } from '../shared/later';
import { browserCan, browserCanWrite, microphonePermission } from '../shared/media';
import { forget, recall, remember } from '../shared/memory';
import { tokenOf } from '../shared/link';
import { OwnMedia } from '../shared/own';
import { Player } from '../shared/player';
import type { Consent } from '../shared/protocol';
import { Session } from '../shared/session';
import { WakeLock } from '../shared/wake';
import { loadExtras, type Extras } from './extra';
import { admitted, initial, reduce, saidWith, viewOf, type PatientEvent, type PatientState } from './state';
import { render, tongue } from './view';

// Some in-app browsers never settle the question for the microphone, neither yes nor no.
const MICROPHONE_WITHIN_MS = 40_000;

// What travels beside the call is loaded when the transport stands, or after this long without one.
const LATER_MS = 20_000;

// Timers know no more; a page that stays open for weeks is loaded again in between.
const LONGEST_MS = 2 ** 31 - 1;

// The person's own picture, while none of it is sent.
const PREVIEW_FPS = 8;

const token = tokenOf(location.pathname);
let state = initial;
let batteryLow = false;
let later: Later | undefined;
let laterAsked = false;
let extras: Promise<Extras | undefined> | undefined;
let shown = '';
let consent: Consent | undefined;

const own = new OwnMedia(() => dispatch({ e: 'own', microphone: own.microphone, camera: own.camera }));
own.pace(PREVIEW_FPS);
const wake = new WakeLock();
const player = new Player(
  byId<HTMLAudioElement>('sound'),
  byId<HTMLVideoElement>('remote'),
  blocked => dispatch({ e: 'sound-blocked', blocked }),
  there => dispatch({ e: 'picture', there }),
);

const session = new Session(token, {
  on: event => {
    dispatch(event);
    if (event.e !== 'server') return;
    if (event.m.t === 'welcome') {
      const { opensIn } = event.m;
      if (opensIn) setTimeout(() => dispatch({ e: 'open' }), Math.min(1000 * opensIn, LONGEST_MS));
      void rejoin();
    }
    if (event.m.t === 'send') own.pace(event.m.v?.fps ?? PREVIEW_FPS);
  },
  tracks: (audio, video) => {
    player.attach(audio, video);
    if (admitted(state)) player.play();
  },
  announce: () => {
    if (state.presence === 'here') sendJoin();
  },
});

function dispatch(event: PatientEvent): void {
  const before = state;
  state = reduce(state, event);
  if (state === before) return;
  render(state, own.cameraTrack);
  effects(before, state);
  tellLater();
  tellExtras();
}

/** A screen speaks when it comes, not whenever something on it changes. */
function tellExtras(): void {
  const said = saidWith(viewOf(state));
  const inCall = admitted(state);
  const now = `${said ?? ''} ${inCall} ${tongue.code}`;
  // Not beside a call: nobody waits for it, and a browser may make new connections for it, of 2 kB each.
  // Who is stuck cannot wait for the call's own script: the screen says why, and what to do.
  const stuck = state.problem || state.over || state.opensAt;
  if ((later || stuck) && !inCall) void bringExtras();
  if (!extras || now === shown) return;
  shown = now;
  void extras.then(there => there?.shown(said, inCall));
}

const host: Host = {
  role: 'patient',
  token,
  put: frame => session.put(frame),
  buffered: () => session.buffered,
  camera: () => own.cameraTrack,
  microphone: () => own.microphoneTrack,
  askMicrophone: async () => (await own.openMicrophone()) === undefined,
  languages: () => [tongue.code],
  hush: hushed => session.transport.sender.hush(hushed),
};

async function bringLater(): Promise<void> {
  if (laterAsked) return;
  laterAsked = true;
  later = await loadLater(host);
  session.attach(later);
  tellLater();
  tellExtras();
}

function bringExtras(): Promise<Extras | undefined> {
  return (extras ??= loadExtras({ language: () => tongue.code, erased: () => dispatch({ e: 'erased' }) }));
}

async function erase(): Promise<void> {
  session.stop();
  own.stop();
  await (await bringExtras())?.erase();
}

function tellLater(): void {
  const { rungUp, rungDown, over } = state;
  const here = state.presence === 'here' && !over;
  if (here && state.media === 'connected') void bringLater();
  later?.update({
    here,
    inCall: admitted(state),
    rungUp,
    rungDown,
    over: over && (over === 'consult-ended' ? over : 'other'),
  });
}

function effects(before: PatientState, now: PatientState): void {
  const here = now.presence === 'here' && !now.over;
  wake.want(here);
  if (now.over && !before.over) finish(now);
  if (!here) return;
  if (before.presence !== 'here') {
    remember(token, { joined: true, voiceOnly: now.voiceOnly });
    sendJoin();
    setTimeout(() => void bringLater(), LATER_MS);
    if (!now.voiceOnly) void own.openCamera();
  } else if (before.microphone !== now.microphone || (before.camera === 'on') !== (now.camera === 'on')) {
    sendMedia();
  }
  if (admitted(now) && !admitted(before)) player.play();
  sendTracks(now);
}

/** Nothing of the patient leaves the phone before the doctor has let them in. */
function sendTracks(now: PatientState): void {
  const sends = admitted(now);
  const video = sends ? own.cameraTrack : undefined;
  const audio = sends && now.microphone === 'on' ? own.microphoneTrack : undefined;
  session.transport.sender.send(audio ?? null, video ?? null);
}

function sendJoin(): void {
  const agreed = consent && { c: consent };
  session.join({ t: 'join', cam: state.camera === 'on', voiceOnly: state.voiceOnly, ...agreed });
  if (state.microphone !== 'on' || batteryLow) sendMedia();
  session.present();
}

function sendMedia(): void {
  const { camera, microphone, voiceOnly } = state;
  const bat = batteryLow ? { bat: 1 as const } : {};
  session.send({ t: 'media', cam: camera === 'on', mic: microphone === 'on', voiceOnly, ...bat });
}

function finish(now: PatientState): void {
  own.stop();
  session.transport.sender.send(null, null);
  // The other page needs what is remembered; a consultation that is over does not.
  if (now.over !== 'replaced') forget(token);
}

/** The tap on one of the two buttons above and below the sentence is the consent to it (docs/protocol.md, "join"). */
async function agreeAndJoin(voiceOnly: boolean): Promise<void> {
  const { text, language } = tongue.phrases.say('consent');
  const agreeing = textHash(text).then(
    h => (consent = { l: language.code, h }),
    () => undefined, // a browser that cannot hash cannot join either, and says so
  );
  await join(voiceOnly, agreeing);
}

async function join(voiceOnly: boolean, first: Promise<unknown> = Promise.resolve()): Promise<void> {
  if (state.presence === 'left') session.resume();
  dispatch({ e: 'join', voiceOnly });
  const timer = setTimeout(() => dispatch({ e: 'microphone', problem: 'slow' }), MICROPHONE_WITHIN_MS);
  const problem = await own.openMicrophone();
  clearTimeout(timer);
  await first;
  dispatch({ e: 'microphone', problem });
}

/**
 * The doctor has let this patient in already, and the page is new (a dead battery, another phone): no tap is needed. Who left
 * by the red button is asked, or a reload would open their microphone.
 */
async function rejoin(): Promise<void> {
  if (state.consult !== 'call' && state.consult !== 'reconnecting') return;
  if (recall(token).joined === false) return;
  if ((await microphonePermission()) === 'granted' && state.presence === 'new') await join(false);
}

function leave(): void {
  session.send({ t: 'leave' });
  session.stop();
  session.transport.sender.send(null, null);
  own.stop();
  own.setMuted(false);
  remember(token, { joined: false });
  dispatch({ e: 'leave' });
}

function toggleMicrophone(): void {
  if (state.microphone === 'none') void own.openMicrophone();
  else own.setMuted(state.microphone === 'on');
}

function toggleCamera(): void {
  if (state.camera === 'none') void own.openCamera();
  else own.closeCamera();
}

/** Over GPRS the page is on the screen seconds before its script: a tap counts once it can be heard and the sentence be read. */
function agreesWith(id: string, voiceOnly: () => boolean): void {
  const button = byId<HTMLButtonElement>(id);
  button.onclick = () => void agreeAndJoin(voiceOnly());
  button.disabled = false;
}

agreesWith('join', () => state.presence === 'left' && state.voiceOnly);
agreesWith('voice-only', () => true);
const language = byId<HTMLSelectElement>('language');
language.onchange = () => {
  tongue.choose(language.value);
  remember(token, { lang: language.value });
  render(state, own.cameraTrack);
};
byId('action').onclick = () => (state.over ? location.reload() : void join(state.voiceOnly));
byId('without').onclick = () => dispatch({ e: 'without-microphone' });
byId('mute').onclick = toggleMicrophone;
byId('camera').onclick = toggleCamera;
byId('erase').onclick = () => void erase();
byId('leave').onclick = leave;
byId('hear').onclick = () => player.play();

(window as unknown as { raabta: unknown }).raabta = { pc: () => session.transport.pc() };

async function begin(): Promise<void> {
  if (!browserCan()) {
    dispatch({ e: 'join', voiceOnly: false });
    dispatch({ e: 'microphone', problem: 'unsupported' });
    if (!browserCanWrite()) return location.replace('?w');
  }
  // The head opens one for a patient's link alone.
  if (!earlySocket()) {
    dispatch({ e: 'refused', why: 'link-unknown' });
    return;
  }
  session.start();
  watchBattery(low => {
    batteryLow = low;
    if (state.presence === 'here') sendMedia();
  });
  const { joined, voiceOnly } = recall(token);
  if (state.problem) return;
  if (joined && (await microphonePermission()) !== 'denied') await join(voiceOnly ?? false);
}

const chosen = recall(token).lang;
if (chosen) tongue.choose(chosen);
render(state, undefined);
onceLoaded(() => void begin());
// The page leads to the one without script when this one cannot be read or does not get here (patient.html).
window.onerror = null;
