import type { Locale, Theme } from '@meetframe/contract';

/**
 * `sounds`, `toasts`, `shortcuts`, `mutedHint` (a hint when the user speaks while muted, for which the microphone stays
 * open): false where the user has turned them off.
 */
export type Preferences = {
  locale?: Locale | undefined;
  theme?: Theme | undefined;
  sounds?: boolean | undefined;
  toasts?: boolean | undefined;
  shortcuts?: boolean | undefined;
  mutedHint?: boolean | undefined;
};
export const switches = ['sounds', 'toasts', 'shortcuts', 'mutedHint'] as const;

/** Values that the platform's own page stores from visit to visit. In a frame nothing is stored. */
export type PageStorage = {
  /** Reads a value of a part that is loaded later. */
  read(key: string): string | undefined;
  write(key: string, value: string | undefined): void;
  SID(): string | undefined;
  /** `undefined` removes the value. */
  keepSID(SID: string | undefined): void;
  preferences(): Preferences;
  prefer(change: Preferences): void;
  /** A user signed in on another tab of this browser. Returns a function that removes the listener. */
  onSID(listener: (SID: string) => void): () => void;
};

const sidKey = 'meetframe.SID';
const preferencesKey = 'meetframe.preferences';

/** Uses the storage of a browser. If it refuses (full or disabled), users only have to sign in again. */
export const createPageStorage = (storage: () => Storage): PageStorage => {
  const read = (key: string): string | undefined => {
    try {
      return storage().getItem(key) ?? undefined;
    } catch {
      return undefined;
    }
  };
  const write = (key: string, value: string | undefined): void => {
    try {
      if (value === undefined) storage().removeItem(key);
      else storage().setItem(key, value);
    } catch {
      // The value is not stored.
    }
  };
  const preferences = (): Preferences => {
    let kept: Record<string, unknown> = {};
    try {
      kept = JSON.parse(read(preferencesKey) ?? '{}') ?? {};
    } catch {
      // Not written by this version; overwritten with the next choice.
    }
    const { locale, theme } = kept;
    return {
      ...((locale === 'zh-CN' || locale === 'en') && { locale }),
      ...Object.fromEntries(
        switches.flatMap((key) => (typeof kept[key] === 'boolean' ? [[key, kept[key] as boolean]] : [])),
      ),
      ...((theme === 'auto' || theme === 'light' || theme === 'dark') && { theme }),
    };
  };
  return {
    read,
    write,
    SID: () => read(sidKey),
    keepSID: (SID) => write(sidKey, SID),
    preferences,
    prefer: (change) => write(preferencesKey, JSON.stringify({ ...preferences(), ...change })),
    onSID(listener) {
      const heard = ({ key, newValue }: StorageEvent) => {
        if (key === sidKey && newValue) listener(newValue);
      };
      addEventListener('storage', heard);
      return () => removeEventListener('storage', heard);
    },
  };
};
