// One page at a time, watched: what it shows, fetches, sends and hears becomes events and a recording.
import { ItemWatch } from './items.mjs';
import { Channels, RecordingFile } from './recording.mjs';

const VIEWPORT = { width: 412, height: 732 };

export class Session {
  #browser;
  #page;
  #watched;
  #recording;
  #channels;
  #emit;
  #reasons = {};
  #items;

  constructor(browser, recordingFile, emit) {
    this.#browser = browser;
    this.#recording = new RecordingFile(recordingFile);
    this.#channels = new Channels((blocks) => this.#recording.write(blocks));
    this.#emit = emit;
    this.#items = new ItemWatch(emit);
    browser.once('disconnected', () => emit({ event: 'gone', atMs: Date.now() }));
  }

  /** @param watch of the browser's own file; @param files that its devices play, where the page has to ask for them */
  async prepare(watch, files) {
    const [first] = await this.#browser.pages();
    this.#page = first ?? (await this.#browser.newPage());
    await this.#page.setViewport(VIEWPORT);
    this.#page.on('pageerror', (error) => this.#emit({ event: 'pageError', atMs: Date.now(), message: String(error) }));
    this.#page.on('error', () => this.#emit({ event: 'gone', atMs: Date.now() }));
    this.#watched = await watch(this.#page, files, {
      told: (event) => this.#told(event),
      overheard: (received, frame) => this.#overheard(received, frame),
      socket: () => this.#items.socket(),
      requested: (type) => this.#emit({ event: 'request', atMs: Date.now(), type }),
    });
  }

  /** Begins to load; how far it got is seen in the page's own state. */
  async open(url) {
    this.#emit({ event: 'opening', atMs: Date.now(), url });
    await this.#watched.navigate(url);
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
    this.#channels.close();
    await this.#recording.close();
    await this.#browser.close();
  }

  #told(event) {
    switch (event.event) {
      case 'audio':
        return this.#recording.write(event.blocks);
      case 'channel':
        return this.#channels.put(event.channel, event.pieces);
      case 'rung':
        return this.#emit({ ...event, ...this.#reasons });
      default:
        return this.#emit(event);
    }
  }

  /** Why a rung was taken, and what becomes of photos and stills, stands in the socket's frames only: no hook shows it. */
  #overheard(received, frame) {
    if (typeof frame !== 'string') {
      return received ? this.#items.received(frame) : this.#items.sent(frame);
    }
    let message;
    try {
      message = JSON.parse(frame);
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
