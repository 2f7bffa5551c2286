import { computed, createModel } from '@preact/signals';
import type { AppModel } from '../model/compose.ts';
import { logoOf } from './brand.ts';
import { ClockView } from './clock.ts';

/** Name of the meeting and how long it has been going on. */
export const HeaderView = createModel((app: AppModel) => {
  const { room } = app.meeting.roster;
  return {
    logo: computed(() => logoOf(app)),
    title: computed(() => room.value?.appointmentName || room.value?.name),
    duration: new ClockView(app).duration,
  };
});
