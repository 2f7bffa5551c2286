import type { AppModel } from '../model/compose.ts';
import type { LocalHandlers } from './own.ts';

/** The methods that record in this browser. */
export const createRecordHandlers = ({ meeting }: AppModel) =>
  ({
    'meeting.startLocalRecord': async ({ fileName }) => {
      await (await meeting.recording.load()).local.start(fileName);
      return {};
    },
    'meeting.stopLocalRecord': async () => (await meeting.recording.load()).local.stop(),
    'meeting.pauseLocalRecord': async () => {
      (await meeting.recording.load()).local.pause();
      return {};
    },
    'meeting.resumeLocalRecord': async () => {
      (await meeting.recording.load()).local.resume();
      return {};
    },
    'meeting.startRecordScreen': async (input) => (await meeting.recording.load()).toPlatform.start(input?.fileName),
    'meeting.stopRecordScreen': async () => (await meeting.recording.load()).toPlatform.stop(),
  }) satisfies Partial<LocalHandlers>;
