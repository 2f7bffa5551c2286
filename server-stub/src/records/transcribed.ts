import type { Store } from '../store/store.ts';

/** Recordings joined with the transcripts of their meetings: those that were being written when the recording began. */
export const transcribed = (store: Store, recordIds: readonly number[]) =>
  store
    .selectFrom('record')
    .innerJoin('transcript', (join) =>
      join
        .onRef('transcript.roomId', '=', 'record.roomId')
        .onRef('transcript.startTime', '<=', 'record.startTime')
        .on((row) =>
          row.or([row('transcript.endTime', 'is', null), row('transcript.endTime', '>=', row.ref('record.startTime'))]),
        ),
    )
    .where('record.id', 'in', recordIds);
