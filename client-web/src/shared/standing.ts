// What both pages know of their own standing, and how what happens to the session changes it.
import type { Refusal, SessionEvent } from './session';
import type { MediaState } from './transport';

export interface Standing {
  /** Why nothing comes back by itself any more; what is over stays over. */
  readonly over: Refusal | 'replaced' | undefined;
  readonly socket: 'opening' | 'open' | 'lost';
  /** Not even the question why the socket does not open was answered. */
  readonly unreachable: boolean;
  readonly media: MediaState;
  /** The browser wants a tap before it plays sound. */
  readonly soundBlocked: boolean;
  readonly picture: boolean;
}

export const standingAtFirst: Standing = {
  over: undefined,
  socket: 'opening',
  unreachable: false,
  media: 'connecting',
  soundBlocked: false,
  picture: false,
};

export type StandingEvent =
  | Exclude<SessionEvent, { readonly e: 'server' }>
  | { readonly e: 'sound-blocked'; readonly blocked: boolean }
  | { readonly e: 'picture'; readonly there: boolean };

export function reduceStanding<S extends Standing>(state: S, event: StandingEvent): S {
  switch (event.e) {
    case 'socket':
      if (event.open) return { ...state, socket: 'open', unreachable: false };
      return { ...state, socket: state.socket === 'opening' ? 'opening' : 'lost' };
    case 'unreachable':
      return { ...state, unreachable: true };
    case 'refused':
      return { ...state, over: event.why };
    case 'replaced':
      return { ...state, over: 'replaced' };
    case 'media':
      return { ...state, media: event.state };
    case 'sound-blocked':
      return { ...state, soundBlocked: event.blocked };
    case 'picture':
      return { ...state, picture: event.there };
  }
}
