// What runs inside the pages to see what they really receive. Installed before the page's own scripts.

/** Self-contained: it is sent to the browser as text. Keeps every peer connection that the page makes. */
export function install() {
  if (window.__probe) return;
  const peers = [];
  const Native = window.RTCPeerConnection;
  window.RTCPeerConnection = new Proxy(Native, {
    construct(target, args) {
      const peer = new target(...args);
      peers.push(peer);
      return peer;
    },
  });

  const newest = () => peers.filter(peer => peer.connectionState !== 'closed').at(-1);
  const sum = (reports, field) => reports.reduce((total, report) => total + (report[field] ?? 0), 0);
  const remoteTracks = () =>
    newest()
      ?.getReceivers()
      .map(receiver => receiver.track) ?? [];
  const showing = kind =>
    [...document.querySelectorAll('video, audio')].find(element =>
      element.srcObject?.getTracks().some(track => track.kind === kind && remoteTracks().includes(track)),
    );

  window.__probe = {
    /** The figures that tell whether media flows, or null before there is a connection. */
    async stats() {
      const peer = newest();
      if (!peer) return null;
      const all = [...(await peer.getStats()).values()];
      const inbound = kind => all.filter(r => r.type === 'inbound-rtp' && r.kind === kind);
      const outbound = kind => all.filter(r => r.type === 'outbound-rtp' && r.kind === kind);
      const byId = id => all.find(r => r.id === id);
      const transport = all.find(r => r.type === 'transport');
      const pair =
        byId(transport?.selectedCandidatePairId) ??
        all.find(r => r.type === 'candidate-pair' && (r.selected || (r.nominated && r.state === 'succeeded')));
      return {
        peers: peers.length,
        connection: peer.connectionState,
        audioPackets: sum(inbound('audio'), 'packetsReceived'),
        audioSamples: sum(inbound('audio'), 'totalSamplesReceived'),
        audioEnergy: sum(inbound('audio'), 'totalAudioEnergy'),
        videoPackets: sum(inbound('video'), 'packetsReceived'),
        framesDecoded: sum(inbound('video'), 'framesDecoded'),
        audioSent: sum(outbound('audio'), 'packetsSent'),
        videoSent: sum(outbound('video'), 'packetsSent'),
        protocol: pair ? byId(pair.remoteCandidateId)?.protocol : undefined,
        rttMs: pair?.currentRoundTripTime === undefined ? undefined : 1000 * pair.currentRoundTripTime,
      };
    },

    /** When the first sample was played that came over the network: milliseconds since 1970, by polling every 5 ms. */
    async firstAudio() {
      for (;;) {
        const reports = (await newest()?.getStats()) ?? new Map();
        for (const r of reports.values()) {
          if (r.type !== 'inbound-rtp' || r.kind !== 'audio') continue;
          if (r.totalSamplesReceived - (r.concealedSamples ?? 0) > 0) return performance.timeOrigin + performance.now();
        }
        await new Promise(resolve => setTimeout(resolve, 5));
      }
    },

    /** The UDP ports that this browser's own sockets have. */
    async localPorts() {
      const all = [...(await newest().getStats()).values()];
      return all
        .filter(r => r.type === 'local-candidate' && r.candidateType === 'host' && r.protocol === 'udp')
        .map(r => r.port);
    },

    /** Whether the page plays the far end's voice: an element with its track that is neither paused nor muted. */
    playsVoice() {
      const element = showing('audio');
      return Boolean(element && !element.paused && !element.muted && element.volume > 0);
    },

    /** What the page's own element shows of the far end: size, mean brightness and how much it varies. */
    picture() {
      const element = showing('video');
      if (!element?.videoWidth) return null;
      const canvas = document.createElement('canvas');
      canvas.width = 64;
      canvas.height = 48;
      const context = canvas.getContext('2d');
      context.drawImage(element, 0, 0, 64, 48);
      const { data } = context.getImageData(0, 0, 64, 48);
      let total = 0;
      let squares = 0;
      for (let i = 0; i < data.length; i += 4) {
        const light = (data[i] + data[i + 1] + data[i + 2]) / 3;
        total += light;
        squares += light * light;
      }
      const mean = total / (data.length / 4);
      return { width: element.videoWidth, mean, deviation: Math.sqrt(squares / (data.length / 4) - mean * mean) };
    },

    /** The strongest frequency in the far end's voice and its level, from an analyser on the received track. */
    tone() {
      const track = remoteTracks().find(each => each.kind === 'audio');
      if (!track) return null;
      if (this.toneTrack !== track) {
        this.toneTrack = track;
        this.audio ??= new AudioContext();
        this.analyser = this.audio.createAnalyser();
        this.analyser.fftSize = 8192;
        this.analyser.smoothingTimeConstant = 0;
        this.audio.createMediaStreamSource(new MediaStream([track])).connect(this.analyser);
      }
      const levels = new Float32Array(this.analyser.frequencyBinCount);
      this.analyser.getFloatFrequencyData(levels);
      let at = 0;
      levels.forEach((level, i) => {
        if (level > levels[at]) at = i;
      });
      return { hz: (at * this.audio.sampleRate) / this.analyser.fftSize, db: levels[at] };
    },
  };
}
