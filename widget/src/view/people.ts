import { computed, createModel } from '@preact/signals';
import type { AppModel } from '../model/types.ts';

export type Person = {
  id: number;
  name: string;
  picture: string | null;
  isSelf: boolean;
  isModerator: boolean;
  isMuted: boolean;
  hasCamera: boolean;
  isConnected: boolean;
  /** Mutes, or asks to un-mute who is muted; `undefined` for who may not. */
  mute: (() => Promise<void>) | undefined;
};

/** The list of people and what oneself may do with them. */
export const PeopleView = createModel((app: AppModel) => {
  const { meeting } = app;
  const moderatorId = computed(() => meeting.room.value?.superModeId ?? null);
  const mayModerate = computed(() => {
    const self = meeting.self.value?.client;
    return self !== undefined && (self.isSuperModerator || self.id === moderatorId.value);
  });
  const people = computed(() =>
    meeting.members.value.map(({ client, isSelf, video, connected }): Person => {
      const isModerator = client.isSuperModerator || client.id === moderatorId.value;
      const mute = mayModerate.value && !isSelf ? () => meeting.muteMember(client.id, !client.isMuted) : undefined;
      const { id, name, pictureurl: picture, isMuted } = client;
      return { id, name, picture, isSelf, isModerator, isMuted, hasCamera: video, isConnected: connected, mute };
    }),
  );
  return { people, count: computed(() => people.value.length) };
});
