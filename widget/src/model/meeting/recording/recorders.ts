import { createModel } from '@preact/signals';
import { LocalRecord } from './localRecord.ts';
import { ScreenRecord } from './screenRecord.ts';
import { ServerRecorder } from './serverRecorder.ts';

export type RecordersModel = InstanceType<typeof Recorders>;
type Deps = ConstructorParameters<typeof LocalRecord>[0] &
  ConstructorParameters<typeof ScreenRecord>[0] &
  ConstructorParameters<typeof ServerRecorder>[0];

/** The recordings that this browser makes, or asks the server for. A chunk of its own: few people record. */
export const Recorders = createModel((deps: Deps) => ({
  local: new LocalRecord(deps),
  toPlatform: new ScreenRecord(deps),
  onServer: new ServerRecorder(deps),
}));
