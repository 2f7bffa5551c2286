import type { RecordingNow } from '@meetframe/contract/meeting/record';
import { createModel, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Client } from '../../../platform/client.ts';
import { laterModel } from '../../laterModel.ts';
import type { SeatModel } from '../seat.ts';
import type { Recorders } from './recorders.ts';

type Deps = ConstructorParameters<typeof Recorders>[0] & {
  client: Pick<Client, 'on'>;
  seat: SeatModel;
  isArriving: ReadonlySignal<boolean>;
};

/** Knows whether the server records, and loads the code that records in this browser after a meeting was entered, or on demand. */
export const Recording = createModel((deps: Deps) => {
  const { made, load } = laterModel(async () => new (await import('./recorders.ts')).Recorders(deps));
  /** The server's recording of the meeting that runs now. */
  const onServer = signal<RecordingNow | undefined>(undefined);
  // Earlier recordings may not have been saved or sent yet.
  effect(() => {
    if (deps.seat.selfId.value !== null && !deps.isArriving.value) load().catch(() => {});
  });
  deps.seat.follow({
    taken({ recording }) {
      onServer.value = recording;
    },
    left() {
      onServer.value = undefined;
    },
  });
  effect(() =>
    deps.client.on('meeting.onRecord', ({ roomId, recordId, type, client, startedAt, isAnnounced }) => {
      if (deps.roster.room.peek()?.id !== roomId) return;
      if (type === 'startRecord' && client && startedAt)
        onServer.value = { recordId, by: client, startedAt, ...(isAnnounced && { isAnnounced }) };
      else if (type === 'stopRecord' && onServer.peek()?.recordId === recordId) onServer.value = undefined;
    }),
  );
  return { recorders: made, load, onServer };
});
