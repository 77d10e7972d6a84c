// What of photos, notes and stills (docs/protocol.md, "Transfers") passes the page's control socket: when each began and was
// whole, what was sent of it, and the hash of what came, made here and not by the page.
import { createHash } from 'node:crypto';

const ACKNOWLEDGEMENT = 0x80;
const HEAD_BYTES = 4;

export class ItemWatch {
  #emit;
  #sent = new Map();
  #came = new Map();
  #outgoing = new Map();
  #incoming = new Map();

  constructor(emit) {
    this.#emit = (event, fields) => emit({ event, atMs: Date.now(), ...fields });
  }

  /** Numbers belong to a socket, items outlive it. */
  socket() {
    this.#outgoing.clear();
    this.#incoming.clear();
  }

  said(message) {
    if (message.t !== 'put') {
      return;
    }
    const { id, kind, bytes, w, h, sha, age } = message;
    if (!this.#sent.has(id)) {
      this.#sent.set(id, { sent: 0 });
      this.#emit('itemPut', { id, kind, bytes, w, h, sha, ageMs: age });
    }
    this.#outgoing.set(message.n, id);
  }

  sent(frame) {
    const id = this.#outgoing.get(frame[0]);
    if (frame.length <= HEAD_BYTES || id === undefined) {
      return;
    }
    const item = this.#sent.get(id);
    if (item.sent === 0) {
      this.#emit('itemBegan', { id });
    }
    item.sent += frame.length - HEAD_BYTES;
  }

  heard(message) {
    if (message.t === 'done' && this.#sent.has(message.id)) {
      this.#emit('itemDone', { id: message.id, sentBytes: this.#sent.get(message.id).sent });
    } else if (message.t === 'give' && message.id !== undefined) {
      const { id, kind, bytes, age } = message;
      if (!this.#came.has(id)) {
        this.#came.set(id, { id, kind, data: Buffer.alloc(bytes), ageMs: age, givenMs: Date.now(), whole: false });
      }
      this.#incoming.set(message.n, this.#came.get(id));
    }
  }

  received(frame) {
    const item = this.#incoming.get(frame[0]);
    if ((frame[0] & ACKNOWLEDGEMENT) !== 0 || item === undefined || item.whole) {
      return;
    }
    const offset = frame.readUIntBE(1, 3);
    frame.copy(item.data, offset, HEAD_BYTES);
    if (offset + frame.length - HEAD_BYTES >= item.data.length) {
      item.whole = true;
      this.#emit('itemCame', {
        id: item.id,
        kind: item.kind,
        bytes: item.data.length,
        sha: createHash('sha256').update(item.data).digest('base64url'),
        ageMs: item.ageMs === undefined ? undefined : item.ageMs + Date.now() - item.givenMs,
      });
      item.data = Buffer.alloc(0);
    }
  }
}
