// Runs in the page before its own scripts, whichever system's page it is: finds microphone and peer connections where
// they are made, has what is sent and heard recorded (each browser has a recorder of its own), reads statistics, and tells
// the driver of all it sees.
(() => {
  'use strict';
  if (window !== window.top || typeof window.raabtaBench !== 'function') {
    return;
  }
  const SENT = 0;
  const HEARD = 1;
  const connections = [];

  const tell = (event, fields) => window.raabtaBench(JSON.stringify({ event, atMs: Date.now(), ...fields }));

  // --- what the page shows -------------------------------------------------------------------------------------

  const HOOKS = ['data-state', 'data-rung-up', 'data-rung-down'];
  const shown = {};

  function look() {
    const root = document.documentElement;
    const [state, up, down] = HOOKS.map((name) => root?.getAttribute(name) ?? '');
    if (state !== (shown.state ?? '')) {
      shown.state = state;
      tell('state', { state });
    }
    if (up !== (shown.up ?? '') || down !== (shown.down ?? '')) {
      Object.assign(shown, { up, down });
      tell('rung', { up, down });
    }
  }
  new MutationObserver(look).observe(document, { attributes: true, childList: true, subtree: true, attributeFilter: HOOKS });
  document.addEventListener('DOMContentLoaded', look);
  document.addEventListener(
    'click',
    (event) => {
      const testid = event.target.closest?.('[data-testid]')?.dataset.testid;
      if (testid) {
        tell('clicked', { testid });
      }
    },
    true,
  );

  // --- what is sent and heard ----------------------------------------------------------------------------------

  const record = (track, channel) =>
    window.raabtaBench.record(track, channel).catch((error) => tell('pageError', { message: `recorder: ${error}` }));

  const devices = window.MediaDevices?.prototype;
  if (devices) {
    const getUserMedia = devices.getUserMedia;
    devices.getUserMedia = async function (...wishes) {
      const stream = await getUserMedia.apply(this, wishes);
      const [microphone] = stream.getAudioTracks();
      if (microphone) {
        tell('microphone', {});
        // A clone, so that it is what was said, whatever the page mutes or stops.
        record(microphone.clone(), SENT);
      }
      return stream;
    };
  }

  window.RTCPeerConnection = class extends window.RTCPeerConnection {
    constructor(...configuration) {
      super(...configuration);
      connections.push(this);
      this.addEventListener('track', ({ track }) => {
        if (track.kind === 'audio') {
          record(track, HEARD);
        }
      });
      this.addEventListener('connectionstatechange', () => tell('connection', { state: this.connectionState }));
    }
  };

  // --- statistics ----------------------------------------------------------------------------------------------

  const STATS_MS = 1_000;
  const WANTED = {
    'inbound-rtp': [
      'packetsReceived', 'packetsLost', 'bytesReceived', 'totalSamplesReceived', 'concealedSamples', 'silentConcealedSamples',
      'concealmentEvents', 'jitterBufferDelay', 'jitterBufferEmittedCount', 'framesDecoded', 'framesPerSecond', 'frameWidth',
      'frameHeight', 'freezeCount', 'totalFreezesDuration',
    ],
    'outbound-rtp': ['packetsSent', 'bytesSent', 'headerBytesSent', 'framesEncoded', 'framesPerSecond', 'frameWidth', 'frameHeight', 'targetBitrate', 'qualityLimitationReason'],
    'candidate-pair': ['availableOutgoingBitrate', 'currentRoundTripTime', 'bytesSent', 'bytesReceived'],
    'media-source': ['totalSamplesDuration', 'framesPerSecond'],
    'media-playout': ['synthesizedSamplesDuration', 'totalSamplesDuration'],
  };

  function pick(stat, connection) {
    const out = { connection, type: stat.type, kind: stat.kind };
    for (const name of WANTED[stat.type]) {
      if (stat[name] !== undefined) {
        out[name] = stat[name];
      }
    }
    return out;
  }

  async function readStatistics() {
    for (let i = 0; i < connections.length; i++) {
      if (connections[i].connectionState === 'closed') {
        continue;
      }
      const all = await connections[i].getStats();
      const selected = new Set();
      all.forEach((stat) => stat.type === 'transport' && selected.add(stat.selectedCandidatePairId));
      const stats = [];
      all.forEach((stat) => {
        if (WANTED[stat.type] && (stat.type !== 'candidate-pair' || selected.has(stat.id))) {
          stats.push(pick(stat, i));
        }
      });
      tell('stats', { stats });
    }
  }
  setInterval(() => readStatistics().catch(() => undefined), STATS_MS);

  // --- pictures ------------------------------------------------------------------------------------------------

  const watched = new WeakSet();
  const CELLS = 16;
  const CELL = 4;
  const strip = document.createElement('canvas');
  Object.assign(strip, { width: CELLS * CELL, height: CELL });
  const pencil = strip.getContext('2d', { willReadFrequently: true });
  let pictures = [];

  /** The number drawn into the picture's upper edge (org.raabta.bench.material.FrameNumber says how); -1 if unreadable. */
  function numberOf(video) {
    pencil.drawImage(video, 0, 0, video.videoWidth, video.videoHeight / 12, 0, 0, strip.width, strip.height);
    const { data } = pencil.getImageData(0, 0, strip.width, strip.height);
    const means = Array.from({ length: CELLS }, (_, cell) => {
      let sum = 0;
      for (const y of [1, 2]) {
        for (const x of [1, 2]) {
          const at = 4 * (y * strip.width + cell * CELL + x);
          sum += 0.299 * data[at] + 0.587 * data[at + 1] + 0.114 * data[at + 2];
        }
      }
      return sum / 4;
    });
    const [white, black] = means;
    const bits = means.slice(2).map((mean) => (mean > (white + black) / 2 ? 1 : 0));
    const count = bits.slice(0, 12).reduce((sum, bit) => sum + bit, 0) % 4;
    if (white - black < 60 || 2 * bits[12] + bits[13] !== count) {
      return -1;
    }
    return bits.slice(0, 12).reduce((number, bit) => 2 * number + bit, 0);
  }

  function watch(video) {
    watched.add(video);
    const next = (now, { presentedFrames, width, height }) => {
      pictures.push([Math.round(performance.timeOrigin + now), numberOf(video), presentedFrames, width, height]);
      video.requestVideoFrameCallback(next);
    };
    video.requestVideoFrameCallback(next);
  }

  function isRemote(video) {
    const stream = video.srcObject;
    return (
      stream instanceof MediaStream &&
      stream.getVideoTracks().some((track) => connections.some((c) => c.getReceivers().some((r) => r.track === track)))
    );
  }

  setInterval(() => {
    for (const video of document.querySelectorAll('video')) {
      if (!watched.has(video) && isRemote(video)) {
        watch(video);
      }
    }
    if (pictures.length > 0) {
      tell('pictures', { pictures });
      pictures = [];
    }
  }, 500);
})();
