import type { AppModel } from '../model/compose.ts';
import { createChatHandlers } from './chatHandlers.ts';
import { createDeviceHandlers } from './deviceHandlers.ts';
import type { Rare } from './local.ts';
import { createLookHandlers } from './lookHandlers.ts';
import { createMicVolumeHandlers } from './micVolume.ts';
import { createPublishHandler } from './publishHandler.ts';
import { createRecordHandlers } from './recordHandlers.ts';
import { createStageHandlers } from './stage.ts';

/** The methods that few pages call, in a chunk of their own. */
export const createRareHandlers = (app: AppModel): Rare => ({
  ...createStageHandlers(app),
  ...createDeviceHandlers(app),
  ...createLookHandlers(app),
  ...createPublishHandler(app),
  ...createRecordHandlers(app),
  ...createMicVolumeHandlers(app),
  ...createChatHandlers(app),
});

export { createLateOverrides } from './lateOverrides.ts';
