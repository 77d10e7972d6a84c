// What the doctor's console knows, and what it shows for it: pure functions, so that every state can be tested.
import type { DoctorKey } from '../messages/doctor.en';
import type { MediaProblem } from '../shared/media';
import type { Camera, Microphone } from '../shared/own';
import type { ConsultState, DirectionFigures, LegInfo, LinkFigures, ServerMessage } from '../shared/protocol';
import type { SessionEvent } from '../shared/session';
import { NO_TRACES, traced, type Traces } from './trace';
import { reduceStanding, standingAtFirst, type Standing, type StandingEvent } from '../shared/standing';

export interface DoctorState extends Standing {
  readonly supported: boolean;
  readonly welcomed: boolean;
  readonly consult: ConsultState;
  readonly patientName: string;
  readonly patient: LegInfo | undefined;
  /** This page's own leg, as `welcome` named it. */
  readonly ownLeg: string;
  readonly figures: LinkFigures | undefined;
  readonly ownFigures: LinkFigures | undefined;
  readonly directions: readonly DirectionFigures[];
  /** The patient's link, and the doctor's. */
  readonly traces: Traces;
  readonly ownTraces: Traces;
  readonly rungUp: string;
  readonly upReason: string;
  readonly rungDown: string;
  readonly downReason: string;
  /** The doctor's own choice on this page; undefined until one is made. */
  readonly pinned: string | undefined;
  readonly microphone: Microphone;
  readonly camera: Camera;
  readonly askingMicrophone: boolean;
  readonly microphoneProblem: MediaProblem | 'slow' | undefined;
  readonly cameraProblem: MediaProblem | undefined;
  readonly admitting: boolean;
  /** The patient was let in while this page was open. */
  readonly letIn: boolean;
  readonly confirmingEnd: boolean;
  readonly ending: boolean;
}

export const initial: DoctorState = {
  ...standingAtFirst,
  supported: true,
  welcomed: false,
  consult: 'created',
  patientName: '',
  patient: undefined,
  ownLeg: '',
  figures: undefined,
  ownFigures: undefined,
  directions: [],
  traces: NO_TRACES,
  ownTraces: NO_TRACES,
  rungUp: '',
  upReason: '',
  rungDown: '',
  downReason: '',
  pinned: undefined,
  microphone: 'none',
  camera: 'none',
  askingMicrophone: false,
  microphoneProblem: undefined,
  cameraProblem: undefined,
  admitting: false,
  letIn: false,
  confirmingEnd: false,
  ending: false,
};

export type DoctorEvent =
  | StandingEvent
  | (Extract<SessionEvent, { readonly e: 'server' }> & { readonly atMs: number })
  | { readonly e: 'unsupported' }
  | { readonly e: 'asking-microphone' }
  | { readonly e: 'microphone'; readonly problem: MediaProblem | 'slow' | undefined }
  | { readonly e: 'camera'; readonly problem: MediaProblem | undefined }
  | { readonly e: 'own'; readonly microphone: Microphone; readonly camera: Camera }
  | { readonly e: 'admit' }
  | { readonly e: 'pin'; readonly rung: string }
  | { readonly e: 'end'; readonly step: 'ask' | 'cancel' | 'confirm' };

export function reduce(state: DoctorState, event: DoctorEvent): DoctorState {
  if (state.over) return state; // what is over stays over
  switch (event.e) {
    case 'server':
      return onServer(state, event.m, event.atMs);
    case 'unsupported':
      return { ...state, supported: false };
    case 'asking-microphone':
      return { ...state, askingMicrophone: true, microphoneProblem: undefined };
    case 'microphone':
      return { ...state, askingMicrophone: event.problem === 'slow', microphoneProblem: event.problem };
    case 'camera':
      return { ...state, cameraProblem: event.problem };
    case 'own':
      return ownChanged(state, event.microphone, event.camera);
    case 'admit':
      return canAdmit(state) ? { ...state, admitting: true, letIn: true } : state;
    case 'pin':
      return { ...state, pinned: event.rung };
    case 'end':
      return { ...state, confirmingEnd: event.step === 'ask', ending: state.ending || event.step === 'confirm' };
    default:
      return reduceStanding(state, event);
  }
}

function ownChanged(state: DoctorState, microphone: Microphone, camera: Camera): DoctorState {
  return {
    ...state,
    microphone,
    camera,
    microphoneProblem: microphone === 'none' ? state.microphoneProblem : undefined,
    cameraProblem: camera === 'none' ? state.cameraProblem : undefined,
  };
}

function onServer(state: DoctorState, m: ServerMessage, atMs: number): DoctorState {
  switch (m.t) {
    case 'welcome':
      return { ...withConsult(state, m.state), welcomed: true, patientName: m.name ?? '', ownLeg: m.leg };
    case 'state': {
      const patient = m.legs.find(leg => leg.role === 'patient');
      const same = state.figures?.id === patient?.id;
      const kept = same ? {} : { figures: undefined, traces: NO_TRACES, directions: [] };
      return { ...withConsult(state, m.state), patient, ...kept };
    }
    case 'rung':
      return { ...state, rungUp: m.up, upReason: m.upReason, rungDown: m.down, downReason: m.downReason };
    case 'link':
      return onLink(state, m.legs, m.dirs, atMs);
    case 'error':
      // A refused command is taken back, so that the button can be pressed again.
      if (m.re === 'admit') return { ...state, admitting: false };
      return m.re === 'end' ? { ...state, ending: false } : state;
    case 'ended':
      return { ...state, over: 'consult-ended' };
    default:
      return state;
  }
}

function onLink(
  state: DoctorState,
  legs: readonly LinkFigures[],
  directions: readonly DirectionFigures[],
  atMs: number,
): DoctorState {
  const figures = legs.find(leg => leg.id === state.patient?.id);
  const ownFigures = legs.find(leg => leg.id === state.ownLeg);
  return {
    ...state,
    directions,
    ...(figures ? { figures, traces: traced(state.traces, figures, atMs) } : {}),
    ...(ownFigures ? { ownFigures, ownTraces: traced(state.ownTraces, ownFigures, atMs) } : {}),
  };
}

function withConsult(state: DoctorState, consult: ConsultState): DoctorState {
  if (consult === 'ended') return { ...state, over: 'consult-ended' };
  if (consult === 'expired') return { ...state, over: 'link-expired' };
  const letIn = state.letIn || consult === 'call' || consult === 'reconnecting';
  // A server that died may have lost what it was told last, and a patient who loads the page again is away for a moment, in
  // which nobody can be let in: nobody waits twice for a doctor who has decided.
  const admitting = consult === 'waiting' && (state.admitting || (letIn && state.consult !== 'waiting'));
  return { ...state, consult, letIn, admitting };
}

export function canAdmit(state: DoctorState): boolean {
  return state.consult === 'waiting' && !state.admitting;
}

export function inCall(state: DoctorState): boolean {
  return !state.over && (state.consult === 'call' || state.consult === 'reconnecting');
}

/** What the select shows: this page's own choice, or else what the server says was chosen before. */
export function pinShown(state: DoctorState): string {
  return state.pinned ?? (state.downReason === 'pinned' ? state.rungDown : '');
}

/** The patient's line in words. What counts is how late speech comes (good to 0.4 s, slow to 0.8 s) and how much is lost. */
export function lineInWords(figures: LinkFigures | undefined): DoctorKey {
  const loss = Math.max(figures?.lossUp ?? 0, figures?.lossDown ?? 0);
  if (figures?.upState === 'silent' || figures?.downState === 'silent') return 'lineSilent';
  if (loss >= 0.1) return 'lineLossy';
  if (figures?.rttMs === undefined) return 'lineUnknown';
  const lateMs = figures.rttMs + (figures.queueUpMs ?? 0) + (figures.queueDownMs ?? 0);
  if (lateMs < 400) return 'lineGood';
  return lateMs < 800 ? 'lineSlow' : 'lineVerySlow';
}

// As the ladder has them, best first; what comes after the last one is no step of the same stair.
const LADDER = ['video', 'low-video', 'slow-video', 'stills', 'voice', 'narrow-voice', 'thin-voice'] as const;

/** The next better rung of what is received or sent, what it asks for and what is there, in link kbps. */
export interface NextRung {
  readonly rung: (typeof LADDER)[number];
  readonly needsKbps: number;
  readonly hasKbps: number | undefined;
}

export function nextRung(state: DoctorState, which: 'down' | 'up'): NextRung | undefined {
  const direction = state.directions.find(d => (which === 'down' ? d.to : d.from) === 'doctor');
  if (!direction || direction.nextKbps <= 0) return undefined;
  const at = (LADDER as readonly string[]).indexOf(direction.rung);
  const rung = LADDER[at < 0 ? LADDER.length - 1 : at - 1];
  if (!rung) return undefined;
  const [from, to] = which === 'down' ? [state.figures, state.ownFigures] : [state.ownFigures, state.figures];
  const known = [from?.upEst, to?.downEst].filter((kbps): kbps is number => kbps !== undefined && kbps > 0);
  return { rung, needsKbps: direction.nextKbps, hasKbps: known.length > 0 ? Math.min(...known) : undefined };
}

/** How the patient stands with us. */
export function patientInWords(state: DoctorState): DoctorKey {
  const { patient } = state;
  if (!patient) return 'notConnected';
  if (patient.connected) return 'connected';
  if (inCall(state)) return 'away';
  return patient.socket ? 'pageOnly' : 'notConnected';
}

export interface DoctorView {
  readonly page: 'welcome' | 'waiting' | 'call' | 'reconnecting' | 'ended' | 'error';
  readonly screen: 'message' | 'room' | 'call';
  readonly title: DoctorKey;
  readonly hint: DoctorKey | undefined;
  readonly action: 'reload' | undefined;
  readonly note: DoctorKey | undefined;
  /** Trouble with the doctor's own devices; never in the way of anything. */
  readonly problems: readonly DoctorKey[];
}

const OVER: Record<NonNullable<DoctorState['over']>, Pick<DoctorView, 'page' | 'title' | 'hint' | 'action'>> = {
  'consult-ended': { page: 'ended', title: 'ended', hint: 'endedHint', action: undefined },
  'link-expired': { page: 'error', title: 'link-expired', hint: 'link-expiredHint', action: undefined },
  'link-unknown': { page: 'error', title: 'link-unknown', hint: 'link-unknownHint', action: undefined },
  replaced: { page: 'error', title: 'replaced', hint: 'replacedHint', action: 'reload' },
};

export function viewOf(state: DoctorState): DoctorView {
  const message = { screen: 'message', note: undefined, action: undefined, problems: [] } as const;
  if (state.over) return { ...message, ...OVER[state.over] };
  if (!state.supported) return { ...message, page: 'error', title: 'unsupported', hint: 'unsupportedHint' };
  if (!state.welcomed) {
    if (state.unreachable) return { ...message, page: 'error', title: 'offline', hint: 'offlineHint' };
    return { ...message, page: 'welcome', title: 'opening', hint: undefined };
  }
  const problems: DoctorKey[] = [];
  if (state.microphoneProblem) problems.push(`mic-${state.microphoneProblem}`);
  else if (state.askingMicrophone) problems.push('askingMic');
  if (state.cameraProblem) problems.push(`cam-${state.cameraProblem}`);
  return { ...(inCall(state) ? callView(state) : roomView(state)), problems };
}

type BareView = Omit<DoctorView, 'problems'>;

function roomView(state: DoctorState): BareView {
  const waits = state.consult === 'waiting';
  const base = { screen: 'room', action: undefined } as const;
  const title = waits ? 'waits' : 'nobody';
  const hint = waits ? undefined : 'nobodyHint';
  if (state.socket !== 'open') return { ...base, page: 'reconnecting', title, hint, note: 'noNetworkNote' };
  return { ...base, page: waits ? 'waiting' : 'welcome', title, hint, note: undefined };
}

function callView(state: DoctorState): BareView {
  const base = { screen: 'call', title: 'inCall', hint: undefined, action: undefined } as const;
  if (state.media !== 'connected')
    return { ...base, page: 'reconnecting', note: state.media === 'lost' ? 'weak' : 'connecting' };
  if (state.consult === 'reconnecting') {
    return { ...base, page: 'reconnecting', note: state.patient?.connected ? 'connecting' : 'patientAway' };
  }
  if (state.socket !== 'open') return { ...base, page: 'call', note: 'noSocketNote' };
  return { ...base, page: 'call', note: state.microphone === 'muted' ? 'muted' : undefined };
}
