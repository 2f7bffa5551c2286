import { computed, type ReadonlySignal } from '@preact/signals';
import type { DevicesModel } from '../../devices.ts';
import type { PublishingModel } from '../publishing.ts';
import type { ShareModel } from '../share.ts';
import type { StreamsModel } from '../streams.ts';

/** What the audio of the meeting comes from. */
export type AudioSources = {
  streams: StreamsModel;
  publishing: PublishingModel;
  devices: DevicesModel;
  share: ShareModel;
};

/** Everything that is heard in the meeting, for a recording: the others, a shared screen, and the own microphone. */
export const audioTracksOf = (deps: AudioSources): ReadonlySignal<readonly MediaStreamTrack[]> =>
  computed(() => {
    const { streams, publishing, devices, share } = deps;
    const own = publishing.microphone.isOn.value ? devices.microphoneTrack.value : undefined;
    return [...streams.heard.value, ...(own ? [own] : []), ...(share.own.value?.stream.getAudioTracks() ?? [])];
  });
