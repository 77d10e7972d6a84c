// What phone and line will do, from what was measured: a pure function. The marks are those at which the ladder enters its rungs
// (default.profile; test/try.test.ts compares them).

export const PICTURE_KBPS = 90;
export const VOICE_KBPS = 25;
export const THIN_KBPS = 11;

export interface Measured {
  readonly browser: boolean;
  /** What became of the microphone; `silent`: it is open and nobody is heard. */
  readonly microphone: 'heard' | 'silent' | 'denied';
  /** Of the link, kbit/s; undefined: nothing came through. */
  readonly downKbps: number | undefined;
  readonly upKbps: number | undefined;
}

export type Verdict =
  'try-picture' | 'try-voice' | 'try-thin' | 'try-notes' | 'try-silent' | 'try-denied' | 'try-browser' | 'try-offline';

export type Mark = 'yes' | 'partly' | 'no';

export interface Shown {
  readonly verdict: Verdict;
  readonly microphone: Mark;
  readonly voice: Mark;
  readonly picture: Mark;
  readonly photo: Mark;
}

export function judge({ browser, microphone, downKbps, upKbps }: Measured): Shown {
  const least = Math.min(downKbps ?? 0, upKbps ?? 0);
  const best = Math.max(downKbps ?? 0, upKbps ?? 0);
  const there = downKbps !== undefined && upKbps !== undefined;
  const line: Verdict =
    least >= PICTURE_KBPS
      ? 'try-picture'
      : least >= VOICE_KBPS
        ? 'try-voice'
        : least >= THIN_KBPS
          ? 'try-thin'
          : 'try-notes';
  const verdict = !there
    ? 'try-offline'
    : !browser
      ? 'try-browser'
      : microphone === 'denied'
        ? 'try-denied'
        : microphone === 'silent'
          ? 'try-silent'
          : line;
  const calls = there && browser;
  return {
    verdict,
    microphone: microphone === 'heard' ? 'yes' : microphone === 'silent' ? 'partly' : 'no',
    voice: !calls || least < THIN_KBPS ? 'no' : least < VOICE_KBPS ? 'partly' : 'yes',
    picture: !calls || best < PICTURE_KBPS ? 'no' : least < PICTURE_KBPS ? 'partly' : 'yes',
    photo: there ? 'yes' : 'no',
  };
}
