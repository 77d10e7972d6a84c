// Microphone and camera. The microphone is what a consultation needs; the camera is asked for afterwards and may fail.

export type MediaProblem = 'denied' | 'missing' | 'busy' | 'unsupported';

export type MediaResult = { readonly track: MediaStreamTrack } | { readonly problem: MediaProblem };

const MICROPHONE: MediaStreamConstraints = {
  audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 },
};

const CAMERA: MediaStreamConstraints = {
  video: {
    facingMode: 'user',
    width: { min: 320, ideal: 480, max: 640 },
    height: { min: 240, ideal: 360, max: 480 },
    frameRate: { ideal: 15, max: 15 },
  },
};

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

/** Whether the person has said no for good; then asking again would only fail without a dialog. */
export async function microphoneRefused(): Promise<boolean> {
  try {
    return (await navigator.permissions.query({ name: 'microphone' as PermissionName })).state === 'denied';
  } catch {
    return false; // not every browser knows this permission by name
  }
}

/** Whether this browser can hold a consultation at all. */
export function browserCan(): boolean {
  return (
    typeof RTCPeerConnection === 'function' && typeof WebSocket === 'function' && Boolean(globalThis.crypto?.subtle)
  );
}
