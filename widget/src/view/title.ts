import { createModel, effect, type ReadonlySignal } from '@preact/signals';
import type { AppModel } from '../model/compose.ts';

/** The title of the browser's tab in a meeting: who shares, unread messages and the name of the meeting. */
export const TitleView = createModel(
  (app: AppModel, deps: { unread: ReadonlySignal<number>; write: (title: string | undefined) => void }) => {
    const { title, members } = app.meeting.roster;
    effect(() => {
      const unread = deps.unread.value > 0 ? `(${deps.unread.value}) ` : '';
      const isShared = members.value.some(({ screen }) => screen);
      deps.write(title.value && `${unread}${isShared ? '▶ ' : ''}${title.value}`);
    });
    return {};
  },
);
