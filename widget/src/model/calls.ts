import { createModel, effect, signal } from '@preact/signals';
import type { CallScreensDeps } from './callScreens.ts';
import { laterModel } from './laterModel.ts';

/** Registers the device for calls (4.9) when a user logs in, if the user is to be called here. */
export const Calls = createModel((deps: CallScreensDeps) => {
  const { client, identity } = deps;
  const wanted = signal(false);
  /** Counts the sessions with the server, because the device must register again in each new one. */
  const session = signal(0);
  /** The id that the page chose for a user who is not logged in. */
  const guestId = signal<unknown>(undefined);
  /** The call screens of the widget; `undefined` when the page shows calls itself. */
  const screens = laterModel(async () => new (await import('./callScreens.ts')).CallScreens(deps));

  effect(() =>
    client.onConnection('hello', ({ resumed }) => {
      if (!resumed) session.value++;
    }),
  );
  effect(() => {
    // A changed profile causes another registration, which does no harm.
    if (wanted.value && session.value && identity.user.value)
      // When it fails, the connection or the login is gone, and the next one registers again.
      client.call('call.doRegister', {}).catch(() => {});
  });
  effect(() => {
    // The page registered its guest with the session before.
    if (session.value > 1 && guestId.peek() !== undefined && !identity.user.peek())
      client.call('call.doRegister', { userId: guestId.peek() as number }).catch(() => {});
  });

  return {
    screens: screens.made,
    /** Loads the call screens, if they are not loaded yet. */
    load: screens.load,
    /** The page registered its user. */
    registered(userId: unknown): void {
      guestId.value = userId;
    },
    /** `isWanted`: the user can be called on this device. `isShown`: the widget shows calls, instead of the page. */
    receive(isWanted: boolean, isShown: boolean): void {
      wanted.value = isWanted && !isShown;
      if (isShown)
        screens.load().then(
          () => {
            wanted.value = true;
          },
          // Without the code for calls this device cannot be called.
          () => {},
        );
    },
  };
});
export type CallsModel = InstanceType<typeof Calls>;
