import { computed, createModel, effect } from '@preact/signals';
import type { AppModel } from '../model/compose.ts';

/** Longer side of the video in the small card of a call, in device pixels. */
const maxSide = 640;

/** The small card of a call: the screen that is watched, else the last speaker among the others. */
export const SmallCallView = createModel(({ meeting }: AppModel) => {
  const { roster, tiles, streams, receiving, share } = meeting;
  const shown = computed(() => {
    const sharer = share.watched.value?.client.id;
    const member = roster.others.value.find(({ client }) => client.id === (sharer ?? tiles.lastSpeaker.value));
    return member && { member, source: sharer === undefined ? ('camera' as const) : ('screen' as const) };
  });
  effect(() => {
    const one = shown.value;
    receiving.show(one ? [{ clientId: one.member.client.id, source: one.source, maxSide }] : [], null);
  });
  return {
    client: computed(() => shown.value?.member.client),
    stream: computed(() => {
      const one = shown.value;
      if (!one || (one.source === 'camera' && !one.member.video)) return undefined;
      return streams.of(one.member.client.id, one.source).value;
    }),
  };
});
