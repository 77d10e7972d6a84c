// Runs in Firefox's page before hook.js and gives it `raabtaBench.record`. Without a sound card no AudioContext of Firefox
// runs, but its media graph does, on the machine's clock: MediaRecorder takes the sound from there as Opus, at a rate where
// nothing is lost that is scored, and WebCodecs makes samples of it again. Both channels are told on one timeline, the
// graph's, in frames since the first recorder began; a playing element says when the graph had come to which point.
(() => {
  'use strict';
  if (window !== window.top || typeof window.raabtaBench !== 'function') {
    return;
  }
  const RATE_HZ = 16_000;
  const BLOCK_FRAMES = 1_600;
  const OPUS_HZ = 48_000;
  const OPUS_BITS_A_SECOND = 128_000;
  const SLICE_MS = 200;
  const LOOK_MS = 10;
  const LOOKS_KEPT = 6_000;

  // --- the graph's clock ---------------------------------------------------------------------------------------

  let clock;

  /** Looks at the graph's time beside the machine's, often; a look may come late, never early. */
  async function startClock(track) {
    const element = new Audio();
    element.muted = true;
    element.srcObject = new MediaStream([track.clone()]);
    await element.play();
    const looks = [];
    setInterval(() => {
      looks.push([Date.now(), element.currentTime * 1000]);
      if (looks.length > LOOKS_KEPT) {
        looks.splice(0, LOOKS_KEPT / 2);
      }
    }, LOOK_MS);
    return { element, looks };
  }

  /** When the graph had come to a time of its own, in ms since 1970. */
  function wallMs(looks, graphMs) {
    let [low, high] = [0, looks.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (looks[middle][1] < graphMs) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    const [atMs, seenMs] = looks[low] ?? [Date.now(), graphMs];
    return atMs - (seenMs - graphMs);
  }

  // --- from Opus in Ogg to samples -----------------------------------------------------------------------------

  const PAGE_HEADER_BYTES = 27;
  const SEGMENTS_AT = 26;
  const WHOLE_SEGMENT = 255;

  /** Takes Ogg (RFC 3533, section 6) in any pieces and gives the packets that are whole. */
  function oggPackets() {
    let rest = new Uint8Array(0);
    let begun = [];
    return (bytes) => {
      const all = new Uint8Array(rest.length + bytes.length);
      all.set(rest);
      all.set(bytes, rest.length);
      const packets = [];
      let at = 0;
      for (;;) {
        const lengths = all.subarray(at + PAGE_HEADER_BYTES, at + PAGE_HEADER_BYTES + (all[at + SEGMENTS_AT] ?? 0));
        const body = at + PAGE_HEADER_BYTES + (all[at + SEGMENTS_AT] ?? 0);
        const end = lengths.reduce((sum, length) => sum + length, body);
        if (all.length < at + PAGE_HEADER_BYTES || all.length < end) {
          rest = all.slice(at);
          return packets;
        }
        let from = body;
        for (const length of lengths) {
          begun.push(...all.subarray(from, from + length));
          from += length;
          if (length < WHOLE_SEGMENT) {
            packets.push(Uint8Array.from(begun));
            begun = [];
          }
        }
        at = end;
      }
    };
  }

  const TAPS = 63;
  const LOWPASS = Float32Array.from({ length: TAPS }, (_, i) => {
    const x = i - (TAPS - 1) / 2;
    const cut = 7_200 / OPUS_HZ;
    const window = 0.54 - 0.46 * Math.cos((2 * Math.PI * i) / (TAPS - 1));
    return window * (x === 0 ? 2 * cut : Math.sin(2 * Math.PI * cut * x) / (Math.PI * x));
  });

  /** Takes samples at Opus's rate in any pieces and gives those at the recording's. */
  function thinner() {
    const STEP = OPUS_HZ / RATE_HZ;
    // Half of the filter before the first sample: what comes out is not later than what goes in.
    let rest = new Float32Array((TAPS - 1) / 2);
    return (samples) => {
      const all = new Float32Array(rest.length + samples.length);
      all.set(rest);
      all.set(samples, rest.length);
      const count = Math.max(0, Math.floor((all.length - TAPS) / STEP) + 1);
      const out = new Int16Array(count);
      for (let i = 0; i < count; i++) {
        let sum = 0;
        for (let k = 0; k < TAPS; k++) {
          sum += LOWPASS[k] * all[STEP * i + k];
        }
        out[i] = 32767 * Math.max(-1, Math.min(1, sum));
      }
      rest = all.slice(STEP * count);
      return out;
    };
  }

  function mono(sound) {
    const channels = sound.numberOfChannels;
    const sum = new Float32Array(sound.numberOfFrames);
    const one = new Float32Array(sound.numberOfFrames);
    for (let planeIndex = 0; planeIndex < channels; planeIndex++) {
      sound.copyTo(one, { planeIndex, format: 'f32-planar' });
      one.forEach((sample, i) => (sum[i] += sample / channels));
    }
    return sum;
  }

  // --- recording -----------------------------------------------------------------------------------------------

  /** Cuts samples where the timeline's blocks end and tells them with the time at which that was. */
  function teller(channel, looks, firstFrame) {
    let next = firstFrame;
    let waiting = new Int16Array(0);
    return (samples) => {
      const all = new Int16Array(waiting.length + samples.length);
      all.set(waiting);
      all.set(samples, waiting.length);
      const pieces = [];
      let from = 0;
      for (;;) {
        const frames = BLOCK_FRAMES - (next % BLOCK_FRAMES);
        if (all.length - from < frames) {
          break;
        }
        const part = all.slice(from, from + frames);
        from += frames;
        const atMs = wallMs(looks, ((next + frames) * 1000) / RATE_HZ);
        pieces.push({ frame: next, atMs, samples: new Uint8Array(part.buffer).toBase64() });
        next += frames;
      }
      waiting = all.slice(from);
      if (pieces.length > 0) {
        window.raabtaBench(JSON.stringify({ event: 'channel', channel, pieces }));
      }
    };
  }

  const recorders = [];

  window.raabtaBench.record = async (track, channel) => {
    clock ??= startClock(track);
    const { element, looks } = await clock;
    const recorder = new MediaRecorder(new MediaStream([track]), {
      mimeType: 'audio/ogg;codecs=opus',
      audioBitsPerSecond: OPUS_BITS_A_SECOND,
    });
    const thin = thinner();
    const tell = teller(channel, looks, Math.round(element.currentTime * RATE_HZ));
    const decoder = new AudioDecoder({
      output(sound) {
        tell(thin(mono(sound)));
        sound.close();
      },
      error(error) {
        window.raabtaBench(JSON.stringify({ event: 'pageError', atMs: Date.now(), message: `recorder: ${error}` }));
      },
    });
    const packetsOf = oggPackets();
    let headers = 0;
    let taken = Promise.resolve();
    recorder.ondataavailable = ({ data }) => {
      taken = taken.then(async () => {
        for (const packet of packetsOf(new Uint8Array(await data.arrayBuffer()))) {
          if (headers === 0) {
            // RFC 7845, section 5.1: the first packet is the head, with the count of channels in its tenth byte.
            decoder.configure({ codec: 'opus', sampleRate: OPUS_HZ, numberOfChannels: packet[9], description: packet });
          } else if (headers > 1) {
            decoder.decode(new EncodedAudioChunk({ type: 'key', timestamp: 0, data: packet }));
          }
          headers++;
        }
      });
      taken = taken.catch((error) => {
        window.raabtaBench(JSON.stringify({ event: 'pageError', atMs: Date.now(), message: `recorder: ${error}` }));
      });
    };
    recorder.start(SLICE_MS);
    // A recorder that nothing refers to is collected.
    recorders.push(recorder);
  };
})();
