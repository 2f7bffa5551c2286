import { computed, createModel } from '@preact/signals';
import type { AppModel } from '../model/compose.ts';
import { logoOf } from './brand.ts';
import type { TextKey } from './i18n.ts';
import { problemText } from './problem.ts';

/** The lobby before the meeting: preview of camera and microphone, and the name to enter with. */
export const LobbyView = createModel((app: AppModel) => {
  const { identity, lobbyRoom, username } = app;
  const isPasswordWrong = computed(() => app.problem.value?.code === 'WRONG_PASSWORD');
  return {
    logo: computed(() => logoOf(app)),
    room: lobbyRoom,
    isAudioOnly: app.isAudioOnly,
    photo: computed(() => identity.user.value?.photo ?? null),
    username,
    setUsername: app.setUsername,
    needsPassword: computed(() => lobbyRoom.value?.isHasPwd === true || isPasswordWrong.value),
    isPasswordWrong,
    problem: computed<TextKey | undefined>(() => app.problem.value && problemText(app.problem.value.code)),
    isEntering: app.entering,
    join: app.join,
  };
});
export type LobbyModel = InstanceType<typeof LobbyView>;
