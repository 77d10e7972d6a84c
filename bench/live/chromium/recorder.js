// Runs in Chromium's page before hook.js and gives it `raabtaBench.record`: an audio worklet hears both channels.
(() => {
  'use strict';
  if (window !== window.top || typeof window.raabtaBench !== 'function') {
    return;
  }
  const RATE_HZ = 16_000;
  const BLOCK_FRAMES = 1_600;
  const BLOCKS_A_MESSAGE = 5;

  // Rendered on the audio thread, which has no other clock than Date. A stamp may be late, never early.
  const RECORDER = `
    registerProcessor('bench-recorder', class extends AudioWorkletProcessor {
      block = new Int16Array(2 * ${BLOCK_FRAMES});
      frames = 0;
      process([input]) {
        const [sent, heard] = input;
        for (let i = 0; i < 128; i++) {
          this.block[2 * this.frames] = sent ? 32767 * Math.max(-1, Math.min(1, sent[i])) : 0;
          this.block[2 * this.frames + 1] = heard ? 32767 * Math.max(-1, Math.min(1, heard[i])) : 0;
          if (++this.frames === ${BLOCK_FRAMES}) {
            this.port.postMessage({ atMs: Date.now(), samples: this.block.buffer }, [this.block.buffer]);
            this.block = new Int16Array(2 * ${BLOCK_FRAMES});
            this.frames = 0;
          }
        }
        return true;
      }
    });`;
  let recorder;

  async function startRecorder() {
    const context = new AudioContext({ sampleRate: RATE_HZ, latencyHint: 'playback' });
    const script = URL.createObjectURL(new Blob([RECORDER], { type: 'text/javascript' }));
    await context.audioWorklet.addModule(script);
    URL.revokeObjectURL(script);
    const merger = context.createChannelMerger(2);
    const tape = new AudioWorkletNode(context, 'bench-recorder', {
      channelCount: 2,
      channelCountMode: 'explicit',
      channelInterpretation: 'discrete',
    });
    let waiting = [];
    tape.port.onmessage = ({ data: { atMs, samples } }) => {
      waiting.push({ atMs, samples: base64(new Uint8Array(samples)) });
      if (waiting.length === BLOCKS_A_MESSAGE) {
        window.raabtaBench(JSON.stringify({ event: 'audio', blocks: waiting }));
        waiting = [];
      }
    };
    // Its output is silence; only what leads to the destination is rendered.
    merger.connect(tape).connect(context.destination);
    await context.resume();
    return { context, merger };
  }

  function base64(bytes) {
    let text = '';
    for (let i = 0; i < bytes.length; i += 0x2000) {
      text += String.fromCharCode(...bytes.subarray(i, i + 0x2000));
    }
    return btoa(text);
  }

  window.raabtaBench.record = async (track, channel) => {
    recorder ??= startRecorder();
    const { context, merger } = await recorder;
    const source = context.createMediaStreamSource(new MediaStream([track]));
    const mono = new GainNode(context, { channelCount: 1, channelCountMode: 'explicit' });
    source.connect(mono).connect(merger, 0, channel);
    // A node that nothing refers to is collected, and its sound ends.
    (recorder.sources ??= []).push(source);
  };
})();
