// Plays what the other person sends, and finds out whether the browser lets it be heard and whether there is a picture.

export class Player {
  /**
   * @param blocked told whether the browser refuses to play sound until the person touches the page
   * @param picture told whether there is a picture to look at
   */
  constructor(
    private readonly audio: HTMLAudioElement,
    private readonly video: HTMLVideoElement,
    private readonly blocked: (blocked: boolean) => void,
    picture: (there: boolean) => void,
  ) {
    const look = (): void => picture(video.videoWidth > 2);
    for (const name of ['loadeddata', 'resize', 'emptied', 'playing']) video.addEventListener(name, look);
    video.muted = true; // the sound has its own element, so that pictures never hold it up
  }

  attach(audio: MediaStreamTrack, video: MediaStreamTrack): void {
    this.audio.srcObject = new MediaStream([audio]);
    this.video.srcObject = new MediaStream([video]);
  }

  /** Starts or resumes; to be called again from the person's touch if it was blocked. */
  play(): void {
    this.video.play().catch(() => undefined);
    this.audio.play().then(
      () => this.blocked(false),
      (error: unknown) => {
        // Other refusals (AbortError) only say that a newer stream came in between.
        if (error instanceof DOMException && error.name === 'NotAllowedError') this.blocked(true);
      },
    );
  }
}
