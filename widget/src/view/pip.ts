import { computed, createModel, effect } from '@preact/signals';
import type { AppModel } from '../model/compose.ts';

/** The picture-in-picture window: the active or last speaker; the user itself while there are no other participants. */
export const PipView = createModel((app: AppModel) => {
  const { roster, tiles, streams, receiving } = app.meeting;
  const shown = computed(() => {
    const all = roster.members.value;
    const others = all.filter((member) => member !== roster.self.value);
    return others.find(({ client }) => client.id === tiles.lastSpeaker.value) ?? others[0] ?? roster.self.value;
  });
  effect(() => {
    const member = shown.value;
    receiving.showApart(member === roster.self.value ? undefined : member?.client.id);
  });
  effect(() => () => receiving.showApart(undefined));
  return {
    client: computed(() => shown.value?.client),
    stream: computed(() => {
      const member = shown.value;
      if (!member) return undefined;
      if (member === roster.self.value) return app.devices.cameraStream.value;
      return member.video ? streams.of(member.client.id, 'camera').value : undefined;
    }),
  };
});
