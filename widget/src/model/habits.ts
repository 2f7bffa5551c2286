import type { Wish } from './devices/wish.ts';

/** Settings of a user that a browser remembers from visit to visit. */
type Kept = {
  /** The name that was typed in the lobby. */
  name?: string | undefined;
  camera?: Wish | undefined;
  microphone?: Wish | undefined;
  speaker?: Wish | undefined;
  /** Whether the user turned the device on or off last. */
  cameraOn?: boolean | undefined;
  microphoneOn?: boolean | undefined;
};
export type Habits = {
  read(): Kept;
  /** `undefined` removes a value. */
  keep(change: Kept): void;
};

const key = 'meetframe.habits';
const wishes = ['camera', 'microphone', 'speaker'] as const;
const switches = ['cameraOn', 'microphoneOn'] as const;

const isWish = (value: unknown): value is Wish => {
  const { deviceId, label } = (value ?? {}) as Partial<Wish>;
  return typeof deviceId === 'string' && typeof label === 'string';
};

/**
 * Uses the storage of a browser, which is not that of the platform's own page in a frame on a partner's page. Where it
 * is blocked, nothing is remembered.
 */
export const createHabits = (storage: () => Storage): Habits => {
  const read = (): Kept => {
    try {
      const kept = (JSON.parse(storage().getItem(key) ?? '{}') ?? {}) as Record<string, unknown>;
      const entries = [
        ...(typeof kept.name === 'string' ? [['name', kept.name.slice(0, 100)]] : []),
        ...wishes.filter((each) => isWish(kept[each])).map((each) => [each, kept[each]]),
        ...switches.filter((each) => typeof kept[each] === 'boolean').map((each) => [each, kept[each]]),
      ];
      return Object.fromEntries(entries);
    } catch {
      return {};
    }
  };
  return {
    read,
    keep(change) {
      try {
        storage().setItem(key, JSON.stringify({ ...read(), ...change }));
      } catch {
        // Nothing is remembered.
      }
    },
  };
};
