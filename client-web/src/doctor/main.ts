// The doctor's console: events in, state on, and the few effects that follow from a change.
import { byId, onceLoaded } from '../shared/dom';
import { browserCan } from '../shared/media';
import { loadLater, type Host, type Later } from '../shared/later';
import { roleOf, tokenOf } from '../shared/link';
import { OwnMedia } from '../shared/own';
import { Player } from '../shared/player';
import type { PageMessage } from '../shared/protocol';
import { Session } from '../shared/session';
import { WakeLock } from '../shared/wake';
import { inCall, initial, reduce, type DoctorEvent, type DoctorState } from './state';
import { begin as beginView, render } from './view';

// After this long without an answer about the microphone, the doctor is shown as present all the same.
const MICROPHONE_WITHIN_MS = 10_000;
const CLOCK_EVERY_MS = 10_000;
// One press of "end" is enough, and one press by mistake can be taken back for this long.
const END_AFTER_MS = 4_000;

// The doctor's own picture, while none of it is sent.
const PREVIEW_FPS = 10;

const token = tokenOf(location.pathname);
let state = initial;
let joined = false;
let later: Later | undefined;
let endTimer: ReturnType<typeof setTimeout> | undefined;

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
    dispatch(event.e === 'server' ? { ...event, atMs: Date.now() } : event);
    if (event.e === 'server' && event.m.t === 'send') own.pace(event.m.v?.fps ?? PREVIEW_FPS);
  },
  tracks: (audio, video) => {
    player.attach(audio, video);
    if (inCall(state)) player.play();
  },
  announce: () => {
    if (joined) sendJoin();
    // A command that fell into a lost socket is said again; the server refuses what has been done meanwhile.
    if (state.admitting) session.send({ t: 'admit' });
    if (state.ending) session.send({ t: 'end' });
  },
});

function dispatch(event: DoctorEvent): void {
  const before = state;
  state = reduce(state, event);
  if (state === before) return;
  render(state, own.cameraTrack, Date.now());
  effects(before, state);
  tellLater();
}

const host: Host = {
  role: 'doctor',
  token,
  put: frame => session.put(frame),
  buffered: () => session.buffered,
  camera: () => own.cameraTrack,
  microphone: () => own.microphoneTrack,
  askMicrophone: async () => {
    await openMicrophone();
    return own.microphoneTrack !== undefined;
  },
  languages: () => navigator.languages,
  hush: hushed => session.transport.sender.hush(hushed),
};

async function bringLater(): Promise<void> {
  later = await loadLater(host);
  session.attach(later);
  tellLater();
}

function tellLater(): void {
  const { rungUp, rungDown, over } = state;
  later?.update({
    here: joined && !over,
    inCall: inCall(state),
    rungUp,
    rungDown,
    over: over && (over === 'consult-ended' ? over : 'other'),
  });
}

function effects(before: DoctorState, now: DoctorState): void {
  wake.want(inCall(now));
  if (now.over) {
    if (before.over) return;
    own.stop();
    session.transport.sender.send(null, null);
    return;
  }
  if (joined && (before.microphone !== now.microphone || (before.camera === 'on') !== (now.camera === 'on'))) {
    session.send(mediaMessage(now));
  }
  if (now.admitting && !before.admitting) session.send({ t: 'admit' });
  if (inCall(now) && !inCall(before)) player.play();
  // From the click on: the voice leaves together with the command.
  const sends = inCall(now) || now.admitting;
  const video = sends ? own.cameraTrack : undefined;
  const audio = sends && now.microphone === 'on' ? own.microphoneTrack : undefined;
  session.transport.sender.send(audio ?? null, video ?? null);
}

function mediaMessage(now: DoctorState): PageMessage {
  return { t: 'media', cam: now.camera === 'on', mic: now.microphone === 'on', voiceOnly: false };
}

function sendJoin(): void {
  joined = true;
  session.join({ t: 'join', cam: state.camera === 'on', voiceOnly: false });
  if (state.microphone !== 'on') session.send(mediaMessage(state));
  session.present();
}

function admit(): void {
  if (!joined) sendJoin();
  dispatch({ e: 'admit' });
}

async function openMicrophone(): Promise<void> {
  dispatch({ e: 'asking-microphone' });
  const problem = await own.openMicrophone();
  dispatch({ e: 'microphone', problem });
}

async function openCamera(): Promise<void> {
  dispatch({ e: 'camera', problem: await own.openCamera() });
}

async function openDevices(): Promise<void> {
  const timer = setTimeout(() => {
    dispatch({ e: 'microphone', problem: 'slow' });
    sendJoin();
  }, MICROPHONE_WITHIN_MS);
  await openMicrophone();
  clearTimeout(timer);
  sendJoin();
  await openCamera();
}

function toggleMicrophone(): void {
  if (state.microphone === 'none') void openMicrophone();
  else own.setMuted(state.microphone === 'on');
}

function toggleCamera(): void {
  if (state.camera === 'none') void openCamera();
  else own.closeCamera();
}

function pin(rung: string): void {
  dispatch({ e: 'pin', rung });
  // Both ways: what one way sends, the other way's reports and feedback pay for.
  for (const from of ['patient', 'doctor'] as const)
    session.send(rung === '' ? { t: 'pin', from } : { t: 'pin', from, rung });
}

function end(step: 'ask' | 'cancel' | 'confirm'): void {
  clearTimeout(endTimer);
  dispatch({ e: 'end', step });
  if (step === 'ask') endTimer = setTimeout(() => end('confirm'), END_AFTER_MS);
  if (step === 'confirm') session.send({ t: 'end' });
}

byId('admit').onclick = admit;
byId('mute').onclick = toggleMicrophone;
byId('camera').onclick = toggleCamera;
byId('end').onclick = () => end('ask');
byId('end-yes').onclick = () => end('confirm');
byId('end-no').onclick = () => end('cancel');
// As a listener: a handler that answered false would swallow every other key.
byId('confirm').addEventListener('keydown', e => e.key === 'Escape' && end('cancel'));
byId<HTMLSelectElement>('pin').onchange = e => pin((e.target as HTMLSelectElement).value);
byId('hear').onclick = () => player.play();
byId('action').onclick = () => location.reload();

(window as unknown as { raabta: unknown }).raabta = { pc: () => session.transport.pc() };

function begin(): void {
  if (!browserCan()) {
    dispatch({ e: 'unsupported' });
    return;
  }
  if (roleOf(token) !== 'doctor') {
    dispatch({ e: 'refused', why: 'link-unknown' });
    return;
  }
  session.start();
  void openDevices();
  void bringLater();
  setInterval(() => render(state, own.cameraTrack, Date.now()), CLOCK_EVERY_MS);
}

beginView();
render(state, undefined, Date.now());
onceLoaded(begin);
