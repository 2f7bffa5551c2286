import type { WidgetOptions } from './options.ts';
import type { MirroredState } from './page.ts';

/** Argument of the host SDK's first call after the channel is open. */
export type Hello = {
  sdk: string;
  protocol: { major: number; minor: number };
  options: WidgetOptions;
};

export type Welcome = {
  widget: string;
  protocol: { major: number; minor: number };
  /** Names of the methods and aliases that this widget knows, for `supports()`. */
  methods: string[];
  /** Methods among them that wait for a person, for instance at a permission prompt: their calls have no time-out. */
  patient: string[];
  state: MirroredState;
};

/**
 * Methods that the widget exposes to the host SDK. They reject with a plain `ErrorShape`: penpal keeps only name,
 * message and stack of a thrown Error, a plain object arrives whole.
 */
export type WidgetEnd = {
  hello(hello: Hello): Promise<Welcome>;
  call(name: string, args: unknown[]): Promise<unknown>;
};

/** Methods that the host SDK exposes to the widget. */
export type HostEnd = {
  event(name: string, payload: unknown): void;
  /** The fields that have changed. */
  state(patch: Partial<MirroredState>): void;
  /** Asks the page's sign function for a fresh sign. Rejects when it fails; `null` when the page has none. */
  sign(): Promise<string | null>;
};
