import type { AppModel } from '../model/compose.ts';
import { bitrateOf } from '../model/meeting/bitrate.ts';
import { createChatHandlers } from './chatHandlers.ts';
import { createDeviceHandlers } from './deviceHandlers.ts';
import { createLookHandlers } from './lookHandlers.ts';
import { createMicVolumeHandlers } from './micVolume.ts';
import type { LocalHandlers } from './own.ts';
import { createPublishHandler } from './publishHandler.ts';
import { createRecordHandlers } from './recordHandlers.ts';
import { createStageHandlers } from './stage.ts';

const createMeetingHandlers = ({ meeting }: AppModel) =>
  ({
    'meeting.play': ({ client: { id }, domId }) => meeting.play(id, domId),
    'meeting.updateVideo': ({ video }) => meeting.video(video),
    'meeting.getBitrate': (input) => bitrateOf(meeting, input?.client?.id),
    'meeting.shareScreen': (input) => meeting.share.start(input),
    'meeting.stopShareScreen': async () => {
      await meeting.share.stop();
      return {};
    },
    'meeting.playShareScreen': ({ shareScreenId, domId }) => meeting.share.play(shareScreenId, domId),
    'meeting.hangupShareScreen': () => {
      meeting.share.hangUp();
      return {};
    },
  }) satisfies Partial<LocalHandlers>;

/** The methods that the widget answers by itself. */
export const createHandlers = (app: AppModel): LocalHandlers => ({
  ...createMeetingHandlers(app),
  ...createStageHandlers(app),
  ...createDeviceHandlers(app),
  ...createLookHandlers(app),
  ...createPublishHandler(app),
  ...createRecordHandlers(app),
  ...createMicVolumeHandlers(app),
  ...createChatHandlers(app),
});
