import { computed, createModel } from '@preact/signals';
import type { DevicesModel } from '../devices.ts';
import type { PublishingModel } from './publishing.ts';
import type { ShareModel } from './share.ts';
import type { StreamsModel } from './streams.ts';

/** Everything that is heard in the meeting, for a recording: the others, a shared screen, and the own microphone. */
export const Sounds = createModel(
  ({
    streams,
    publishing,
    devices,
    share,
  }: {
    streams: StreamsModel;
    publishing: PublishingModel;
    devices: DevicesModel;
    share: ShareModel;
  }) => ({
    all: computed<readonly MediaStreamTrack[]>(() => {
      const own = publishing.microphone.isOn.value ? devices.microphoneTrack.value : undefined;
      return [...streams.heard.value, ...(own ? [own] : []), ...(share.own.value?.stream.getAudioTracks() ?? [])];
    }),
  }),
);
export type SoundsModel = InstanceType<typeof Sounds>;
