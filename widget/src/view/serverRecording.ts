import type { RecordLayout } from '@meetframe/contract/meeting/record';
import { computed, createModel } from '@preact/signals';
import type { AppModel } from '../model/compose.ts';
import { elapsedOf } from './elapsed.ts';

/** What knows of the recording. */
export type RecordedApp = Pick<AppModel, 'identity'> & { meeting: Pick<AppModel['meeting'], 'roster' | 'recording'> };

/** The server's recording of the meeting: who records, since when, and what the moderator can do about it. */
export const ServerRecordingView = createModel((app: RecordedApp) => {
  const { roster, recording } = app.meeting;
  const { onServer } = recording;
  const duration = elapsedOf({
    isRecording: computed(() => onServer.value !== undefined),
    elapsed: () => Date.now() + app.identity.clockOffset.peek() - (onServer.peek()?.startedAt ?? 0),
  });
  const recorder = computed(() => (roster.moderates.value ? recording.recorders.value?.onServer : undefined));
  return {
    /** Undefined while it does not record. */
    running: computed(() => {
      const now = onServer.value;
      if (!now) return undefined;
      const { recordId, by, isAnnounced = false } = now;
      const isOwn = by.id === roster.self.value?.client.id;
      return { name: by.name, isOwn, duration: duration.value, recordId, isAnnounced };
    }),
    /** Starts it, and stops it while it runs; `undefined` for those who may not. */
    control: computed(() => {
      const [now, server] = [onServer.value, recorder.value];
      if (!server) return undefined;
      return {
        isBusy: server.isBusy.value,
        start: (layout: RecordLayout) => void server.start(layout),
        stop: now && (() => void server.stop(now.recordId)),
      };
    }),
    problem: computed(() => recorder.value?.problem.value),
    dismiss: () => recorder.peek()?.dismiss(),
  };
});
