// Runs in Firefox's page before everything else: `raabtaBench(text)` as Chromium's driver has it. What WebDriver BiDi offers
// answers each call and costs several messages, so calls wait for the one before them and go together; their order is kept.
(() => {
  'use strict';
  if (window !== window.top || typeof window.raabtaTell !== 'function') {
    return;
  }
  const { raabtaTell } = window;
  const GATHER_MS = 50;
  const said = [];
  let busy = false;

  async function say() {
    while (said.length > 0) {
      await new Promise((gathered) => setTimeout(gathered, GATHER_MS));
      await raabtaTell(said.splice(0));
    }
  }

  window.raabtaBench = (text) => {
    said.push(text);
    if (!busy) {
      busy = true;
      // A driver that ends answers nothing any more, and there is nobody left to tell.
      say().catch(() => undefined).finally(() => {
        busy = false;
      });
    }
  };
})();
