// The pages' own transport in a real browser, with a second peer connection of the same page in the relay's place: what a
// command makes the browser send is seen from the other end.
import { createServer } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const web = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

const entry = `
import { Transport } from './src/shared/transport';
window.Transport = Transport;
`;

/** A page of its own origin with `Transport` and `loopback` in it. */
export async function startLoopback() {
  const bundled = await build({
    stdin: { contents: entry, resolveDir: web, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'iife',
  });
  const script = `${bundled.outputFiles[0].text}\nwindow.loopback = ${loopback};`;
  const server = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end(
      `<!doctype html><title>loopback</title><script>${script.replaceAll('</script', '<\\/script')}</script>`,
    );
  });
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    close: () => new Promise(done => server.close(done)),
  };
}

/** Self-contained: runs in the page. Connects a transport with a far end and sends steady noise and a moving picture. */
async function loopback() {
  const far = new RTCPeerConnection({ bundlePolicy: 'max-bundle', encodedInsertableStreams: true });
  let lastType;
  far.ontrack = ({ track, receiver }) => {
    if (track.kind === 'audio') {
      // Played, or no sound would be counted.
      const element = Object.assign(new Audio(), { srcObject: new MediaStream([track]), volume: 0 });
      void element.play();
      state.element = element;
    }
    // Chromium shows the payload type of what arrives only here; packets pass through untouched.
    const streams = receiver.createEncodedStreams?.();
    if (!streams) return;
    const look = (frame, next) => {
      if (track.kind === 'audio') lastType = frame.getMetadata().payloadType;
      next.enqueue(frame);
    };
    void streams.readable.pipeThrough(new TransformStream({ transform: look })).pipeTo(streams.writable);
  };
  const section = (sdp, i) => sdp.split(/\r\n(?=m=)/)[i];
  /** The transport's own answer with the far end's address, keys and streams instead of a relay's. */
  const meet = (written, real) => {
    const theirs = sdp =>
      sdp.split('\r\n').filter(l => /^a=(ice-ufrag|ice-pwd|fingerprint|setup|candidate|ssrc|ssrc-group|msid)/.test(l));
    return (
      written
        .split(/\r\n(?=m=)/)
        .map((part, i) => {
          const kept = part
            .split('\r\n')
            .filter(
              l =>
                l &&
                !/^a=(ice-ufrag|ice-pwd|fingerprint|setup|candidate|ssrc|ssrc-group|msid|ice-lite|end-of-cand)/.test(l),
            );
          // Firefox has its fingerprint for the session, Chromium in each section.
          const key = section(real, 0)
            .split('\r\n')
            .filter(l => l.startsWith('a=fingerprint'));
          return [...kept, ...(i === 0 ? [] : [...key, ...theirs(section(real, i))])].join('\r\n');
        })
        .join('\r\n') + '\r\n'
    );
  };
  const held = [];
  const state = { far, cycles: 0, errors: [], written: '', transport: undefined };
  const open = () => {
    const pc = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
    const native = pc.setRemoteDescription.bind(pc);
    pc.onicecandidate = e => e.candidate && held.push(e.candidate);
    pc.setRemoteDescription = async answer => {
      state.cycles++;
      state.written = answer.sdp;
      await far.setRemoteDescription(pc.localDescription);
      if (state.cycles === 1) for (const t of far.getTransceivers()) t.direction = 'sendrecv';
      await far.setLocalDescription(await far.createAnswer());
      if (far.iceGatheringState !== 'complete')
        await new Promise(
          done => (far.onicegatheringstatechange = () => far.iceGatheringState === 'complete' && done()),
        );
      while (held.length > 0) await far.addIceCandidate(held.shift());
      pc.onicecandidate = e => e.candidate && far.addIceCandidate(e.candidate);
      try {
        await native({ type: 'answer', sdp: meet(answer.sdp, far.localDescription.sdp) });
      } catch (error) {
        state.errors.push(String(error));
        throw error;
      }
    };
    return pc;
  };
  const transport = new Transport(
    { open, derive: async () => ({ ufrag: 'xxxx', pwd: 'x'.repeat(24) }) },
    { offered: () => {}, changed: s => (state.media = s), tracks: () => {}, exhausted: () => {} },
  );
  state.transport = transport;

  const audio = new AudioContext();
  const noise = audio.createBufferSource();
  noise.buffer = audio.createBuffer(1, audio.sampleRate * 2, audio.sampleRate);
  noise.buffer
    .getChannelData(0)
    .forEach((_, i, all) => (all[i] = (Math.random() - 0.5) * 0.6 * (1 + Math.sin(i / 2000))));
  noise.loop = true;
  const sound = audio.createMediaStreamDestination();
  noise.connect(sound);
  noise.start();
  // Firefox does not run it without a touch: there its own fake microphone hums.
  void audio.resume();
  for (let i = 0; i < 50 && audio.state !== 'running'; i++) await new Promise(done => setTimeout(done, 20));
  const heard = audio.state === 'running' ? sound.stream : await navigator.mediaDevices.getUserMedia({ audio: true });
  state.audioTrack = heard.getAudioTracks()[0];

  const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 480 });
  const g = canvas.getContext('2d');
  let frame = 0;
  setInterval(() => {
    frame++;
    for (let i = 0; i < 40; i++) {
      g.fillStyle = `hsl(${(frame * 7 + i * 9) % 360} 70% 50%)`;
      g.fillRect((frame * 5 + i * 97) % 640, (i * 61) % 480, 90, 60);
    }
  }, 33);
  state.videoTrack = canvas.captureStream(30).getVideoTracks()[0];

  state.payloadTypes = () => lastType;
  transport.start({ host: '127.0.0.1', udp: 9, fp: 'A'.repeat(43), run: 'r' });

  /** What came in at the far end and what left here, all counters. */
  state.counters = async () => {
    const all = [...(await far.getStats()).values()];
    const mine = [...((await transport.pc().getStats()) ?? new Map()).values()];
    const inbound = kind => all.filter(r => r.type === 'inbound-rtp' && r.kind === kind);
    const out = kind => mine.find(r => r.type === 'outbound-rtp' && r.kind === kind) ?? {};
    const codec = (list, r) => list.find(c => c.id === r?.codecId);
    const sum = (list, field) => list.reduce((total, r) => total + (r[field] ?? 0), 0);
    const pair = mine.find(r => r.id === mine.find(t => t.type === 'transport')?.selectedCandidatePairId) ?? {};
    return {
      at: performance.now(),
      audioPackets: sum(inbound('audio'), 'packetsReceived'),
      audioBytes: sum(inbound('audio'), 'bytesReceived'),
      audioHeaders: sum(inbound('audio'), 'headerBytesReceived'),
      samples: sum(inbound('audio'), 'totalSamplesReceived'),
      videoPackets: sum(inbound('video'), 'packetsReceived'),
      videoBytes: sum(inbound('video'), 'bytesReceived') + sum(inbound('video'), 'headerBytesReceived'),
      frames: sum(inbound('video'), 'framesReceived'),
      height: inbound('video').at(-1)?.frameHeight,
      audioType: codec(all, inbound('audio').at(-1))?.mimeType,
      sentType: codec(mine, out('audio'))?.mimeType,
      pairPackets: pair.packetsSent,
      pairBytes: pair.bytesSent,
      rtpSent: (out('audio').packetsSent ?? 0) + (out('video').packetsSent ?? 0),
      available: pair.availableOutgoingBitrate,
      target: out('video').targetBitrate,
      back: pair.packetsReceived,
      backBytes: pair.bytesReceived,
    };
  };
  return state;
}
