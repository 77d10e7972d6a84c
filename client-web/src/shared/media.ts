// Microphone and camera. The microphone is what a consultation needs; the camera is asked for afterwards and may fail.

export type MediaProblem = 'denied' | 'missing' | 'busy' | 'unsupported';

export type MediaResult = { readonly track: MediaStreamTrack } | { readonly problem: MediaProblem };

const MOST_FPS = 30;

const MICROPHONE: MediaStreamConstraints = {
  audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 },
};

const CAMERA: MediaStreamConstraints = {
  video: {
    facingMode: 'user',
    width: { min: 320, ideal: 640, max: 640 },
    height: { min: 240, ideal: 480, max: 480 },
    frameRate: { ideal: MOST_FPS, max: MOST_FPS },
  },
};

/** Takes no more pictures from a camera than are sent; the light stays as it is. */
export function paceCamera(track: MediaStreamTrack, fps: number): void {
  const frameRate = Math.min(fps, MOST_FPS);
  const video = { ...(CAMERA.video as MediaTrackConstraints), frameRate: { ideal: frameRate, max: frameRate } };
  // A camera that was opened as it came, or that cannot: the sender drops what is too much.
  track.applyConstraints(video).catch(() => undefined);
}

function problemOf(error: unknown): MediaProblem {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  if (name === 'NotReadableError' || name === 'AbortError') return 'busy';
  return 'missing';
}

async function ask(constraints: MediaStreamConstraints): Promise<MediaResult> {
  // Absent outside secure contexts and in some in-app browsers.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices?.getUserMedia) return { problem: 'unsupported' };
  try {
    const track = (await devices.getUserMedia(constraints)).getTracks()[0];
    return track ? { track } : { problem: 'missing' };
  } catch (error) {
    return { problem: problemOf(error) };
  }
}

export function askMicrophone(): Promise<MediaResult> {
  return ask(MICROPHONE);
}

/** A camera that cannot do the wanted size is still a camera. */
export async function askCamera(): Promise<MediaResult> {
  const wanted = await ask(CAMERA);
  return 'problem' in wanted && wanted.problem === 'missing' ? ask({ video: true }) : wanted;
}

/** What the browser would do if it were asked for the microphone: `prompt` also where it does not tell. */
export async function microphonePermission(): Promise<PermissionState> {
  try {
    return (await navigator.permissions.query({ name: 'microphone' as PermissionName })).state;
  } catch {
    return 'prompt'; // not every browser knows this permission by name
  }
}

/** Whether this browser can hold a call. */
export function browserCan(): boolean {
  return typeof RTCPeerConnection === 'function' && browserCanWrite();
}

/** Whether it can at least carry messages and pictures. */
export function browserCanWrite(): boolean {
  return typeof WebSocket === 'function' && Boolean(globalThis.crypto?.subtle);
}
