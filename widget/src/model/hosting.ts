import type { RTCPeerError } from '@meetframe/contract';
import { createModel, effect, type Signal, signal } from '@preact/signals';
import type { Client } from '../platform/client.ts';
import { findFault } from '../platform/diagnosis.ts';
import type { Emit } from './events.ts';

/**
 * Problems of the platform's hosting that a widget can notice: faults of a proxy in front of it, and updates while the widget is
 * open. `build`: the file of the widget's own build.
 */
export const Hosting = createModel(
  (deps: {
    client: Pick<Client, 'onConnection'>;
    emit: Emit;
    build: string | undefined;
    problem: Signal<RTCPeerError | undefined>;
    report: (error: RTCPeerError) => void;
  }) => {
    const { client, emit, build, problem, report } = deps;
    const isOutdated = signal(false);
    let isConnected = false;
    effect(() =>
      client.onConnection('state', ({ state }) => {
        isConnected = state === 'connected';
        if (isConnected && problem.peek()?.details?.fault) problem.value = undefined;
      }),
    );
    effect(() =>
      client.onConnection('blocked', async ({ url, explain }) => {
        const fault = await findFault(url);
        if (!fault || isConnected || fault.details?.fault === problem.peek()?.details?.fault) return;
        explain(fault);
        report(fault);
      }),
    );
    effect(() =>
      client.onConnection('hello', (answer) => {
        if (!build || !answer.build || answer.build === build || isOutdated.peek()) return;
        isOutdated.value = true;
        emit('outdated', { build: answer.build });
      }),
    );
    return {
      /** True when the platform serves a newer build than the running one. */
      isOutdated,
      /** The user goes on with the old one. */
      dismissUpdate(): void {
        isOutdated.value = false;
      },
    };
  },
);
