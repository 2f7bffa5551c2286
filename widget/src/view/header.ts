import { computed, createModel } from '@preact/signals';
import type { AppModel } from '../model/compose.ts';
import { logoOf } from './brand.ts';
import { ClockView } from './clock.ts';

/** Name of the meeting and how long it has been going on. */
export const HeaderView = createModel((app: AppModel) => {
  const { title, others } = app.meeting.roster;
  return {
    logo: computed(() => logoOf(app)),
    title: computed(() => {
      // The title of a call names the other participants, because its room has the name of the caller.
      const names = app.calls.screens.value?.isInCall.value ? others.value.map(({ client }) => client.name) : [];
      return names.join(', ') || title.value;
    }),
    duration: new ClockView(app).duration,
  };
});
