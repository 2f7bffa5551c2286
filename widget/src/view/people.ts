import { computed, createModel } from '@preact/signals';
import type { AppModel } from '../model/compose.ts';
import { isShownMuted } from './muted.ts';

export type Person = {
  id: number;
  name: string;
  picture: string | null;
  isSelf: boolean;
  isModerator: boolean;
  isMuted: boolean;
  hasCamera: boolean;
  isConnected: boolean;
  /** Mutes, or asks a muted participant to un-mute; `undefined` where the user may not. */
  mute: (() => Promise<void>) | undefined;
};

/** The list of participants, and what the user may do with them. */
export const PeopleView = createModel((app: AppModel) => {
  const { roster, moderation } = app.meeting;
  const moderatorId = computed(() => roster.room.value?.superModeId ?? null);
  const mayModerate = computed(() => {
    const self = roster.self.value?.client;
    return self !== undefined && (self.isSuperModerator || self.id === moderatorId.value);
  });
  const people = computed(() =>
    roster.members.value.map((member): Person => {
      const { client, video, connected } = member;
      const isSelf = member === roster.self.value;
      const isModerator = client.isSuperModerator || client.id === moderatorId.value;
      const mute = mayModerate.value && !isSelf ? () => moderation.mute(client.id, !client.isMuted) : undefined;
      const { id, name, pictureurl: picture } = client;
      const isMuted = isShownMuted(app, member);
      return { id, name, picture, isSelf, isModerator, isMuted, hasCamera: video, isConnected: connected, mute };
    }),
  );
  return { people, count: computed(() => people.value.length) };
});
