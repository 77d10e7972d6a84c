// Runs in Firefox's page before hook.js: a microphone and a camera that play the driver's files. Firefox can pretend to have
// devices but not say what they take, so they are made here: an audio element's sound, a canvas's pictures.
(() => {
  'use strict';
  const devices = window.MediaDevices?.prototype;
  if (window !== window.top || typeof window.raabtaFile !== 'function' || !devices) {
    return;
  }
  const { raabtaFile } = window;
  const PICTURES_A_SECOND = 30;

  /** The driver can give a file to an input only: that costs nothing, however long the file is. */
  async function file(name) {
    const input = Object.assign(document.createElement('input'), { type: 'file', hidden: true });
    input.dataset.benchFile = name;
    document.documentElement.append(input);
    try {
      await raabtaFile(name);
      return input.files[0];
    } finally {
      input.remove();
    }
  }

  // --- microphone ----------------------------------------------------------------------------------------------

  /** Begins to speak when it is first opened; who opens it later hears what is said by then, as in a room. */
  async function startMicrophone() {
    const voice = new Audio(URL.createObjectURL(await file('audio')));
    const capture = voice.captureStream ?? voice.mozCaptureStream;
    const stream = capture.call(voice);
    await voice.play();
    const [track] = stream.getAudioTracks();
    // An element that nothing refers to is collected, and its sound ends.
    return { voice, track };
  }

  // --- camera --------------------------------------------------------------------------------------------------

  /** A file of JPEG pictures one after the other; the bytes FF D8 FF and FF D9 stand at the ends of one and nowhere inside. */
  function pictures(bytes) {
    const found = [];
    let from = 0;
    for (let at = bytes.indexOf(0xff); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
      if (bytes[at + 1] === 0xd8) {
        from = at;
      } else if (bytes[at + 1] === 0xd9) {
        found.push(new Blob([bytes.subarray(from, at + 2)], { type: 'image/jpeg' }));
      }
    }
    if (found.length === 0) {
      throw new DOMException('the camera file holds no JPEG pictures', 'NotReadableError');
    }
    return found;
  }

  async function startCamera() {
    const film = pictures(new Uint8Array(await (await file('video')).arrayBuffer()));
    const canvas = document.createElement('canvas');
    const screen = canvas.getContext('2d');
    const beganMs = performance.now();
    let shown = -1;
    async function show() {
      const number = Math.floor(((performance.now() - beganMs) * PICTURES_A_SECOND) / 1000) % film.length;
      if (number === shown) {
        return;
      }
      shown = number;
      const picture = await createImageBitmap(film[number]);
      if (canvas.width !== picture.width || canvas.height !== picture.height) {
        Object.assign(canvas, { width: picture.width, height: picture.height });
      }
      screen.drawImage(picture, 0, 0);
      picture.close();
    }
    await show();
    const [track] = canvas.captureStream(PICTURES_A_SECOND).getVideoTracks();
    return { canvas, track, show };
  }

  /** Paints while somebody looks, as often as is wished: pictures cost the processor more than all the sound does. */
  function watched(camera, track) {
    let painting;
    const paint = ({ frameRate } = {}) => {
      const rate = Math.min(PICTURES_A_SECOND, frameRate?.max ?? frameRate?.ideal ?? PICTURES_A_SECOND);
      clearInterval(painting);
      painting = setInterval(() => {
        if (track.readyState === 'ended') {
          clearInterval(painting);
        } else {
          camera.show().catch(() => undefined);
        }
      }, 1000 / rate);
    };
    paint();
    track.applyConstraints = async (wishes) => paint(wishes);
    return track;
  }

  let microphone;
  let camera;
  const { getUserMedia } = devices;
  devices.getUserMedia = async function (wishes = {}) {
    if (!wishes.audio && !wishes.video) {
      return getUserMedia.call(this, wishes); // Which says what is wrong with it.
    }
    const tracks = [];
    if (wishes.audio) {
      microphone ??= startMicrophone();
      tracks.push((await microphone).track.clone());
    }
    if (wishes.video) {
      camera ??= startCamera();
      const opened = await camera;
      tracks.push(watched(opened, opened.track.clone()));
    }
    return new MediaStream(tracks);
  };
})();
