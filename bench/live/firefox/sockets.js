// Runs in Firefox's page before hook.js: tells the driver what passes the page's WebSockets, which WebDriver BiDi does not show.
(() => {
  'use strict';
  if (window !== window.top || typeof window.raabtaBench !== 'function') {
    return;
  }
  const tell = (event) => window.raabtaBench(JSON.stringify(event));

  function frame(received, data) {
    if (typeof data === 'string') {
      tell({ event: 'frame', received, text: data });
    } else if (data instanceof ArrayBuffer) {
      tell({ event: 'frame', received, bytes: new Uint8Array(data).toBase64() });
    } else if (ArrayBuffer.isView(data)) {
      tell({ event: 'frame', received, bytes: new Uint8Array(data.buffer, data.byteOffset, data.byteLength).toBase64() });
    }
    // A Blob cannot be read in time, and none of the pages that are driven sends or asks for one.
  }

  window.WebSocket = class extends window.WebSocket {
    constructor(...given) {
      super(...given);
      tell({ event: 'socket' });
      // Before the page's own listeners: what a message says is known when the page shows its effect.
      this.addEventListener('message', ({ data }) => frame(true, data));
    }

    send(data) {
      super.send(data);
      frame(false, data);
    }
  };
})();
