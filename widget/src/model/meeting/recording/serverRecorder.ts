import { RTCPeerError } from '@meetframe/contract/error';
import type { RecordLayout } from '@meetframe/contract/meeting/record';
import { createModel, signal } from '@preact/signals';
import type { Client } from '../../../platform/client.ts';
import type { RosterModel } from '../roster.ts';

/** Starts and ends the server's recording of the meeting, as its moderator. */
export const ServerRecorder = createModel((deps: { client: Pick<Client, 'call'>; roster: RosterModel }) => {
  const { client, roster } = deps;
  const isBusy = signal(false);
  /** Why the last attempt failed. */
  const problem = signal<'storageFull' | 'failed' | undefined>(undefined);
  const attempt = async (work: () => Promise<unknown>): Promise<void> => {
    if (isBusy.peek()) return;
    isBusy.value = true;
    problem.value = undefined;
    try {
      await work();
    } catch (error) {
      // Another moderator was faster: the bar says so.
      const code = error instanceof RTCPeerError ? error.code : undefined;
      if (code !== 'CONFLICT') problem.value = code === 'STORAGE_FULL' ? 'storageFull' : 'failed';
    } finally {
      isBusy.value = false;
    }
  };
  return {
    isBusy,
    problem,
    dismiss(): void {
      problem.value = undefined;
    },
    start(layout: RecordLayout): Promise<void> {
      const fileName = roster.title.peek().trim();
      return attempt(() => client.call('meeting.startRecord', { layout, ...(fileName && { fileName }) }));
    },
    stop: (recordId: number): Promise<void> => attempt(() => client.call('meeting.stopRecord', { recordId })),
  };
});
