// One page at a time, watched: what it shows, fetches, sends and hears becomes events and a recording.
import { readFile } from 'node:fs/promises';
import { ItemWatch } from './items.mjs';
import { RecordingFile } from './recording.mjs';

const VIEWPORT = { width: 412, height: 732 };
// RFC 6455, section 5.2.
const BINARY = 2;

export class Session {
  #browser;
  #page;
  #devtools;
  #recording;
  #emit;
  #reasons = {};
  #items;

  constructor(browser, recordingFile, emit) {
    this.#browser = browser;
    this.#recording = new RecordingFile(recordingFile);
    this.#emit = emit;
    this.#items = new ItemWatch(emit);
    browser.once('disconnected', () => emit({ event: 'gone', atMs: Date.now() }));
  }

  async prepare() {
    const [first] = await this.#browser.pages();
    this.#page = first ?? (await this.#browser.newPage());
    await this.#page.setViewport(VIEWPORT);
    // The recorder's audio worklet is loaded from a blob, which a strict policy of the page would refuse.
    await this.#page.setBypassCSP(true);
    const devtools = await this.#page.createCDPSession();
    this.#devtools = devtools;
    devtools.on('Runtime.bindingCalled', ({ name, payload }) => this.#told(name, payload));
    devtools.on('Network.requestWillBeSent', ({ type }) => this.#emit({ event: 'request', atMs: Date.now(), type }));
    devtools.on('Network.webSocketCreated', () => {
      this.#items.socket();
      this.#emit({ event: 'request', atMs: Date.now(), type: 'WebSocket' });
    });
    devtools.on('Network.webSocketFrameReceived', ({ response }) => this.#overheard(response, true));
    devtools.on('Network.webSocketFrameSent', ({ response }) => this.#overheard(response, false));
    await devtools.send('Runtime.enable');
    await devtools.send('Runtime.addBinding', { name: 'raabtaBench' });
    await devtools.send('Network.enable');
    await this.#page.evaluateOnNewDocument(await readFile(new URL('./hook.js', import.meta.url), 'utf8'));
    this.#page.on('pageerror', (error) => this.#emit({ event: 'pageError', atMs: Date.now(), message: String(error) }));
    this.#page.on('error', () => this.#emit({ event: 'gone', atMs: Date.now() }));
  }

  /** Begins to load; how far it got is seen in the page's own state. */
  async open(url) {
    this.#emit({ event: 'opening', atMs: Date.now(), url });
    const { errorText } = await this.#devtools.send('Page.navigate', { url });
    if (errorText) {
      throw new Error(`cannot open the page: ${errorText}`);
    }
  }

  async click(testid, timeoutMs = 10_000) {
    const button = await this.#page.waitForSelector(`[data-testid="${testid}"]:not([disabled])`, {
      visible: true,
      timeout: timeoutMs,
    });
    await button.click();
    await button.dispose();
  }

  async choose(testid, value) {
    await this.#page.select(`[data-testid="${testid}"]`, value);
  }

  /** Gives a file to an input once the page shows where it belongs; the input itself need not be seen. */
  async attach(testid, file, timeoutMs = 10_000) {
    const input = await this.#page.waitForSelector(`:not([hidden]) > :not([hidden]) > [data-testid="${testid}"]`, {
      timeout: timeoutMs,
    });
    await input.uploadFile(file);
    await input.dispose();
  }

  async close() {
    await this.#recording.close();
    await this.#browser.close();
  }

  #told(name, payload) {
    if (name !== 'raabtaBench') {
      return;
    }
    const event = JSON.parse(payload);
    switch (event.event) {
      case 'audio':
        return this.#recording.write(event.blocks);
      case 'rung':
        return this.#emit({ ...event, ...this.#reasons });
      default:
        return this.#emit(event);
    }
  }

  /** Why a rung was taken, and what becomes of photos and stills, stands in the socket's frames only: no hook shows it. */
  #overheard({ opcode, payloadData }, received) {
    if (opcode === BINARY) {
      const frame = Buffer.from(payloadData, 'base64');
      return received ? this.#items.received(frame) : this.#items.sent(frame);
    }
    let message;
    try {
      message = JSON.parse(payloadData);
    } catch {
      return; // Not this server's protocol: another system's frames may hold anything.
    }
    if (!received) {
      return this.#items.said(message ?? {});
    }
    if (message?.t === 'rung') {
      this.#reasons = { upReason: message.upReason, downReason: message.downReason };
    }
    this.#items.heard(message ?? {});
  }
}
