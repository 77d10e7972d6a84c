// Whether the battery is low, where the browser tells (Battery Status API).

interface Battery extends EventTarget {
  readonly level: number;
  readonly charging: boolean;
}

const LOW = 0.2;

/** Tells `changed` at every change, and at first if it is low. */
export function watchBattery(changed: (low: boolean) => void): void {
  const { getBattery } = navigator as { getBattery?: () => Promise<Battery> };
  getBattery?.call(navigator).then(
    battery => {
      let low = false;
      const look = (): void => {
        const is = !battery.charging && battery.level <= LOW;
        if (is !== low) changed((low = is));
      };
      for (const name of ['levelchange', 'chargingchange']) battery.addEventListener(name, look);
      look();
    },
    () => undefined, // not allowed here
  );
}
