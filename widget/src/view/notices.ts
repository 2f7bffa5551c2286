import { computed, createModel } from '@preact/signals';
import type { AppModel } from '../model/compose.ts';
import type { TextKey } from './i18n.ts';
import { problemText } from './problem.ts';
import type { ToolbarView } from './toolbar.ts';

/** Notices for the user, above the stage. */
export const NoticesView = createModel((app: AppModel, toolbar: InstanceType<typeof ToolbarView>) => {
  const { link, moderation, quality } = app.meeting;
  const isReconnecting = computed(() => app.identity.connection.value === 'reconnecting');
  return {
    isReconnecting,
    poorNetwork: computed<TextKey | undefined>(() => {
      const { upload, download } = quality.poor.value;
      if (isReconnecting.value || !(upload || download)) return undefined;
      return upload ? 'notice.poorUpload' : 'notice.poorDownload';
    }),
    soundBlocked: app.soundBlocked,
    playAudio: app.playAudio,
    unmuteRequested: moderation.unmuteRequested,
    /** Who asks to un-mute. */
    moderatorName: computed(() => {
      const { participants, room } = app.meeting.roster;
      return participants.value.get(room.value?.superModeId ?? 0)?.client.name;
    }),
    dismissUnmuteRequest: moderation.dismissUnmuteRequest,
    unmute(): void {
      const { isOn, toggle } = toolbar.microphone.peek();
      if (!isOn) toggle();
      moderation.dismissUnmuteRequest();
    },
    /** True when no more urgent notice is shown. */
    areDevicesTold: computed(() => !isReconnecting.value && !app.problem.value),
    problem: computed<TextKey | undefined>(() => app.problem.value && problemText(app.problem.value.code)),
    dismissProblem: app.dismissProblem,
    /** Connects to the media server once more; `undefined` while it is not lost. */
    retryMedia: computed(() => {
      if (!link.isLost.value) return undefined;
      return () => {
        app.dismissProblem();
        void link.retry();
      };
    }),
  };
});
