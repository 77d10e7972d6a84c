// Keeps the screen on while somebody waits or talks: a phone that dims after half a minute takes the page with it.

export class WakeLock {
  private wanted = false;

  constructor() {
    // The browser releases the lock whenever the page is hidden.
    document.addEventListener('visibilitychange', () => this.wanted && this.take());
  }

  want(wanted: boolean): void {
    if (wanted === this.wanted) return;
    this.wanted = wanted;
    if (wanted) this.take();
    else this.held?.release().catch(() => undefined);
  }

  private held: WakeLockSentinel | undefined;

  private take(): void {
    const lock = (navigator as { wakeLock?: ScreenLock }).wakeLock;
    if (!lock || document.visibilityState !== 'visible') return;
    lock.request('screen').then(
      held => (this.held = held),
      () => undefined, // low battery, or not allowed: the page works without
    );
  }
}

interface ScreenLock {
  request(type: 'screen'): Promise<WakeLockSentinel>;
}
