// Records what somebody says, small: Opus where the browser has an encoder, else 8 kHz mu-law.
import { Downsampler, wavFile } from './wav';

export interface Recorded {
  readonly data: Uint8Array<ArrayBuffer>;
  readonly type: string;
  readonly ms: number;
}

export interface Recording {
  /** Ends it; undefined if there is nothing in it. */
  stop(): Promise<Recorded | undefined>;
  cancel(): void;
}

/** Speech at 8 kbps is at the knee of intelligibility (design, links-and-ladder, section 3); browsers add a container. */
const BITS_PER_SECOND = 10_000;
const OPUS = ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus'];
/** Shorter is a slip of the finger. */
const LEAST_MS = 400;

/** The encoder that this browser has, or undefined. */
export function opusType(): string | undefined {
  if (typeof MediaRecorder !== 'function') return undefined;
  return OPUS.find(type => MediaRecorder.isTypeSupported(type));
}

/** Records `microphone`, which stays open and may be muted for the call: the recording has a track of its own. */
export function record(microphone: MediaStreamTrack): Recording {
  const track = microphone.clone();
  track.enabled = true;
  const type = opusType();
  return type ? recordOpus(track, type) : recordWave(track);
}

function recordOpus(track: MediaStreamTrack, mimeType: string): Recording {
  const recorder = new MediaRecorder(new MediaStream([track]), { mimeType, audioBitsPerSecond: BITS_PER_SECOND });
  const parts: Blob[] = [];
  const begunMs = performance.now();
  recorder.ondataavailable = e => parts.push(e.data);
  const ended = new Promise<void>(resolve => (recorder.onstop = () => resolve()));
  recorder.start();
  const end = (): void => {
    if (recorder.state !== 'inactive') recorder.stop();
    track.stop();
  };
  return {
    async stop() {
      const ms = performance.now() - begunMs;
      end();
      await ended;
      const data = new Uint8Array(await new Blob(parts).arrayBuffer());
      return data.length > 0 && ms >= LEAST_MS ? { data, type: mimeType.split(';')[0] as string, ms } : undefined;
    },
    cancel: end,
  };
}

function recordWave(track: MediaStreamTrack): Recording {
  const context = new AudioContext();
  const source = context.createMediaStreamSource(new MediaStream([track]));
  // The old node: a browser without an encoder has no audio worklet either.
  const taps = context.createScriptProcessor(4096, 1, 1);
  const down = new Downsampler(context.sampleRate);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  taps.onaudioprocess = e => parts.push(down.push(e.inputBuffer.getChannelData(0)));
  source.connect(taps);
  taps.connect(context.destination);
  const end = (): void => {
    taps.onaudioprocess = null;
    track.stop();
    void context.close();
  };
  return {
    async stop() {
      end();
      const samples = parts.reduce((sum, part) => sum + part.length, 0);
      const ms = samples / 8;
      return ms >= LEAST_MS ? { data: wavFile(parts), type: 'audio/wav', ms } : undefined;
    },
    cancel: end,
  };
}
