// Whether the microphone hears anything: opened, listened to for a moment, and closed.
import { askMicrophone } from '../shared/media';

const WITHIN_MS = 6_000;
const LISTEN_MS = 3_000;
/** Of the loudest sample; a silent room's noise is a tenth of it. */
const HEARD = 0.02;

/** @param loud told how loud it is, 0 to 1, while it listens */
export async function hearing(loud: (level: number) => void): Promise<'heard' | 'silent' | 'denied'> {
  const asked = await Promise.race([
    askMicrophone(),
    new Promise<undefined>(resolve => setTimeout(() => resolve(undefined), WITHIN_MS)),
  ]);
  if (!asked || 'problem' in asked) return 'denied';
  const audio = new AudioContext();
  try {
    const analyser = audio.createAnalyser();
    audio.createMediaStreamSource(new MediaStream([asked.track])).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    let most = 0;
    for (const until = performance.now() + LISTEN_MS; performance.now() < until;) {
      await new Promise(resolve => setTimeout(resolve, 60));
      analyser.getFloatTimeDomainData(samples);
      const level = samples.reduce((high, sample) => Math.max(high, Math.abs(sample)), 0);
      most = Math.max(most, level);
      loud(Math.min(1, 3 * level));
    }
    loud(0);
    return most >= HEARD ? 'heard' : 'silent';
  } finally {
    asked.track.stop();
    void audio.close();
  }
}
