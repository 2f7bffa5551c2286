import type { Device } from './device.ts';

/** Devices by a key that several of them can share, such as the user id. */
export class DeviceIndex<K> {
  readonly #of = new Map<K, Set<Device>>();

  add(key: K, device: Device): void {
    const devices = this.#of.get(key) ?? new Set();
    this.#of.set(key, devices.add(device));
  }

  delete(key: K, device: Device): void {
    const devices = this.#of.get(key);
    if (devices?.delete(device) && devices.size === 0) this.#of.delete(key);
  }

  of(key: K): readonly Device[] {
    return [...(this.#of.get(key) ?? [])];
  }

  keys(): readonly K[] {
    return [...this.#of.keys()];
  }
}
