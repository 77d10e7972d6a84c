// The person's own microphone and camera while a page is open: tracks, switches, and a second try when a device goes away.
import { askCamera, askMicrophone, paceCamera, type MediaProblem } from './media';

export type Microphone = 'none' | 'on' | 'muted';
export type Camera = 'none' | 'asking' | 'on';

export class OwnMedia {
  microphoneTrack: MediaStreamTrack | undefined;
  cameraTrack: MediaStreamTrack | undefined;
  private muted = false;
  private askingCamera = false;
  /** Counts the person's changes of mind about the camera: a late answer to an old question is thrown away. */
  private cameraQuestion = 0;

  private fps = 0;

  constructor(private readonly changed: () => void) {}

  get microphone(): Microphone {
    if (!this.microphoneTrack) return 'none';
    return this.muted ? 'muted' : 'on';
  }

  get camera(): Camera {
    if (this.cameraTrack) return 'on';
    return this.askingCamera ? 'asking' : 'none';
  }

  async openMicrophone(): Promise<MediaProblem | undefined> {
    const result = await askMicrophone();
    if ('problem' in result) return result.problem;
    this.microphoneTrack?.stop();
    const { track } = result;
    this.microphoneTrack = track;
    track.enabled = !this.muted;
    track.onended = () => {
      // Unplugged, or taken by a phone call: another one, or the same one again, may be had without asking.
      if (track !== this.microphoneTrack) return;
      this.microphoneTrack = undefined;
      this.changed();
      void this.openMicrophone();
    };
    this.changed();
    return undefined;
  }

  async openCamera(): Promise<MediaProblem | undefined> {
    const question = ++this.cameraQuestion;
    this.askingCamera = true;
    this.changed();
    const result = await askCamera();
    if (question !== this.cameraQuestion) {
      if ('track' in result) result.track.stop();
      return undefined;
    }
    this.askingCamera = false;
    if ('track' in result) {
      const { track } = result;
      this.cameraTrack = track;
      if (this.fps > 0) paceCamera(track, this.fps);
      track.onended = () => track === this.cameraTrack && this.closeCamera();
    }
    this.changed();
    return 'problem' in result ? result.problem : undefined;
  }

  /** The light goes out: the device is released, not only blackened. */
  closeCamera(): void {
    this.cameraQuestion++;
    this.askingCamera = false;
    this.cameraTrack?.stop();
    this.cameraTrack = undefined;
    this.changed();
  }

  /** So many pictures a second are wanted from the camera: none are thrown away that cost the phone its battery. */
  pace(fps: number): void {
    if (fps === this.fps) return;
    this.fps = fps;
    if (this.cameraTrack) paceCamera(this.cameraTrack, fps);
  }

  setMuted(muted: boolean): void {
    this.muted = muted;
    // The track stays open: some phones unload a page in the background that records nothing.
    if (this.microphoneTrack) this.microphoneTrack.enabled = !muted;
    this.changed();
  }

  stop(): void {
    const { microphoneTrack } = this;
    this.microphoneTrack = undefined;
    microphoneTrack?.stop();
    this.closeCamera();
  }
}
