import { computed, createModel, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Client } from '../platform/client.ts';
import type { IdentityModel } from './identity.ts';

/** Registers the device for calls (4.9) when a user logs in, if the page wants the user to be called here. */
export const Calls = createModel((deps: { client: Client; identity: Pick<IdentityModel, 'user'> }) => {
  const { client, identity } = deps;
  const wanted = signal(false);
  /** Counts the sessions with the server: a new one does not know the device any more. */
  const session = signal(0);
  const userId: ReadonlySignal<number | undefined> = computed(() => identity.user.value?.id);

  effect(() =>
    client.onConnection('hello', ({ resumed }) => {
      if (!resumed) session.value++;
    }),
  );
  effect(() => {
    if (!wanted.value || session.value === 0 || userId.value === undefined) return;
    // When it fails, the connection or the login is gone, and the next one registers again.
    client.call('call.doRegister', {}).catch(() => {});
  });

  return {
    /** Whether the user can be called on this device. */
    receive(isWanted: boolean): void {
      wanted.value = isWanted;
    },
  };
});
