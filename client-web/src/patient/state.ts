// What the patient page knows, and what it shows for it: two pure functions, so that every state can be tested.
import type { PatientKey } from '../messages/patient.en';
import type { MediaProblem } from '../shared/media';
import type { Camera, Microphone } from '../shared/own';
import type { ConsultState, LegInfo, Quality } from '../shared/protocol';
import type { SessionEvent } from '../shared/session';
import { reduceStanding, standingAtFirst, type Standing, type StandingEvent } from '../shared/standing';

/** Why the person cannot be heard; `slow`: the browser never answered the question for the microphone. */
export type Problem = MediaProblem | 'slow';

export interface PatientState extends Standing {
  /** Before the tap, between tap and microphone, in the consultation, gone by own wish. */
  readonly presence: 'new' | 'asking' | 'here' | 'left';
  readonly voiceOnly: boolean;
  readonly problem: Problem | undefined;
  readonly consult: ConsultState;
  readonly name: string;
  readonly lang: string | undefined;
  /** When the link opens, in seconds since 1970, while it is closed yet. */
  readonly opensAt: number | undefined;
  readonly doctor: LegInfo | undefined;
  readonly rungUp: string;
  readonly rungDown: string;
  /** How the line is; undefined until the server says. */
  readonly quality: Quality | undefined;
  readonly microphone: Microphone;
  readonly camera: Camera;
  /** Nothing of this page is left on the phone. */
  readonly erased: boolean;
}

export const initial: PatientState = {
  ...standingAtFirst,
  presence: 'new',
  voiceOnly: false,
  problem: undefined,
  consult: 'created',
  name: '',
  lang: undefined,
  opensAt: undefined,
  doctor: undefined,
  rungUp: '',
  rungDown: '',
  quality: undefined,
  microphone: 'none',
  camera: 'none',
  erased: false,
};

export type PatientEvent =
  | StandingEvent
  | Extract<SessionEvent, { readonly e: 'server' }>
  | { readonly e: 'join'; readonly voiceOnly: boolean }
  | { readonly e: 'microphone'; readonly problem: Problem | undefined }
  | { readonly e: 'without-microphone' }
  | { readonly e: 'open' }
  | { readonly e: 'leave' }
  | { readonly e: 'erased' }
  | { readonly e: 'own'; readonly microphone: Microphone; readonly camera: Camera };

export function reduce(state: PatientState, event: PatientEvent): PatientState {
  if (event.e === 'erased') return { ...state, erased: true };
  // What is over stays over, whatever still arrives.
  if (state.over) return state;
  switch (event.e) {
    case 'server':
      return onServer(state, event.m);
    case 'join':
      return { ...state, presence: 'asking', voiceOnly: event.voiceOnly, problem: undefined };
    case 'microphone':
      // A late yes counts as well: the person may have found the dialog after we gave up.
      if (state.presence !== 'asking') return state;
      return event.problem ? { ...state, problem: event.problem } : { ...state, presence: 'here', problem: undefined };
    case 'without-microphone':
      // Listening, writing and sending pictures are worth a consultation.
      return state.problem ? { ...state, presence: 'here', problem: undefined } : state;
    case 'open':
      return { ...state, opensAt: undefined };
    case 'leave':
      return { ...state, presence: 'left', rungUp: '', rungDown: '', quality: undefined, media: 'connecting' };
    case 'own':
      return { ...state, microphone: event.microphone, camera: event.camera };
    default:
      return reduceStanding(state, event);
  }
}

function onServer(state: PatientState, m: (PatientEvent & { e: 'server' })['m']): PatientState {
  switch (m.t) {
    case 'welcome':
      return { ...withConsult(state, m.state), name: m.name ?? '', lang: m.lang, opensAt: m.opensAt };
    case 'state':
      return { ...withConsult(state, m.state), doctor: m.legs.find(leg => leg.role === 'doctor') };
    case 'rung':
      return { ...state, rungUp: m.up, rungDown: m.down };
    case 'quality':
      return { ...state, quality: m.q };
    case 'ended':
      return { ...state, over: 'consult-ended' };
    default:
      return state;
  }
}

function withConsult(state: PatientState, consult: ConsultState): PatientState {
  if (consult === 'ended') return { ...state, over: 'consult-ended' };
  if (consult === 'expired') return { ...state, over: 'link-expired' };
  return { ...state, consult };
}

/** Whether the doctor has let the patient in and the patient is there. */
export function admitted(state: PatientState): boolean {
  return !state.over && state.presence === 'here' && (state.consult === 'call' || state.consult === 'reconnecting');
}

/** What the page shows: one screen, the hook for automation, and what it says. */
export interface PatientView {
  readonly page: 'welcome' | 'waiting' | 'call' | 'reconnecting' | 'ended' | 'error';
  readonly screen: 'welcome' | 'message' | 'waiting' | 'call';
  readonly title: PatientKey;
  readonly hint: PatientKey | undefined;
  /** A symbol of the page, for screens that carry a picture. */
  readonly picture: string;
  /** What the one button of a message screen does. */
  readonly action: 'retry' | 'reload' | undefined;
  /** Whether the person may go on without a microphone. */
  readonly without: boolean;
  /** Whether another browser would help. */
  readonly elsewhere: boolean;
  /** Whether the person may leave nothing behind: not before it is over or they have left. */
  readonly erase: boolean;
  /** A line over the waiting room or the call. */
  readonly note: PatientKey | undefined;
  /** How good the line is, once it carries the talk. */
  readonly quality: Quality | undefined;
}

const OVER: Record<
  NonNullable<PatientState['over']>,
  Pick<PatientView, 'page' | 'title' | 'hint' | 'picture' | 'action'>
> = {
  'consult-ended': { page: 'ended', title: 'ended', hint: 'endedHint', picture: 'p-done', action: undefined },
  'link-expired': {
    page: 'error',
    title: 'link-expired',
    hint: 'link-expiredHint',
    picture: 'p-clock',
    action: undefined,
  },
  'link-unknown': {
    page: 'error',
    title: 'link-unknown',
    hint: 'link-unknownHint',
    picture: 'p-link',
    action: undefined,
  },
  replaced: { page: 'error', title: 'replaced', hint: 'replacedHint', picture: 'p-pages', action: 'reload' },
};

const HINTS: Record<Problem, PatientKey> = {
  denied: 'deniedHint',
  missing: 'missingHint',
  busy: 'busyHint',
  slow: 'slowHint',
  unsupported: 'unsupportedHint',
};

export function viewOf(state: PatientState): PatientView {
  const message = {
    screen: 'message',
    note: undefined,
    action: undefined,
    quality: undefined,
    without: false,
    erase: false,
    elsewhere: false,
  } as const;
  if (state.erased) return { ...message, page: 'ended', title: 'erased', hint: 'erasedHint', picture: 'p-done' };
  if (state.over === 'consult-ended') return { ...message, ...OVER[state.over], erase: true };
  if (state.over) return { ...message, ...OVER[state.over] };
  if (state.opensAt) return { ...message, page: 'error', title: 'early', hint: 'earlyHint', picture: 'p-clock' };
  if (state.problem) {
    const { problem } = state;
    // In-app browsers have no calls, or never answer: the picture shows how to get out of them.
    const elsewhere = problem === 'unsupported' || problem === 'slow';
    const picture = elsewhere ? 'p-browser' : 'p-mic-off';
    const action = problem === 'unsupported' ? undefined : 'retry';
    return {
      ...message,
      page: 'error',
      title: problem,
      hint: HINTS[problem],
      picture,
      action,
      without: true,
      elsewhere,
    };
  }
  if (state.presence === 'asking')
    return { ...message, page: 'welcome', title: 'asking', hint: 'askingHint', picture: 'p-mic' };
  if (state.presence !== 'here') {
    if (state.unreachable && state.socket !== 'open') {
      return { ...message, page: 'error', title: 'offline', hint: 'offlineHint', picture: 'p-offline' };
    }
    const left = state.presence === 'left';
    const title = left ? 'left' : state.name ? 'hello' : 'helloPlain';
    return {
      ...message,
      page: 'welcome',
      screen: 'welcome',
      title,
      hint: left ? 'leftHint' : 'intro',
      picture: 'p-doctor',
      erase: left,
    };
  }
  return admitted(state) ? callView(state) : waitingView(state);
}

function waitingView(state: PatientState): PatientView {
  const lost = state.socket !== 'open';
  return {
    page: lost && state.socket === 'lost' ? 'reconnecting' : 'waiting',
    screen: 'waiting',
    title: 'waiting',
    hint: state.doctor?.socket ? 'doctorHere' : 'waitingHint',
    picture: 'p-doctor',
    action: undefined,
    quality: undefined,
    without: false,
    erase: false,
    elsewhere: false,
    note: lost ? (state.unreachable ? 'noNetworkNote' : 'connecting') : state.microphone === 'on' ? undefined : 'muted',
  };
}

function callView(state: PatientState): PatientView {
  const shown = { title: 'inCall', hint: undefined, picture: 'p-doctor', action: undefined } as const;
  const base = {
    ...shown,
    screen: 'call',
    quality: undefined,
    without: false,
    erase: false,
    elsewhere: false,
  } as const;
  if (state.media !== 'connected') {
    return { ...base, page: 'reconnecting', note: state.media === 'lost' ? 'weak' : 'connecting' };
  }
  if (state.consult === 'reconnecting') {
    // Without a socket this may be yesterday's news; with one, somebody's line is broken, and ours is not.
    return { ...base, page: 'reconnecting', note: state.doctor?.connected ? 'connecting' : 'doctorAway' };
  }
  return { ...base, page: 'call', note: state.microphone === 'on' ? undefined : 'muted', quality: state.quality };
}

/** What is spoken with a view (src/messages/spoken.json): its heading, or what has just changed on it. */
export function saidWith(view: PatientView): string | undefined {
  if (view.screen === 'call') return undefined;
  if (view.screen === 'welcome') return view.title === 'left' ? 'left' : 'welcome';
  return view.hint === 'doctorHere' ? 'doctorHere' : view.title;
}
