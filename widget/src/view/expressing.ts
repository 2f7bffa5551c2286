import type { Reaction } from '@meetframe/contract';
import { computed, createModel } from '@preact/signals';
import type { AppModel } from '../model/compose.ts';
import { ofScreen } from '../model/meeting/ofScreen.ts';
import { Reactions } from '../model/meeting/reactions.ts';

/** The user's raised hand and reactions. */
export const ExpressingView = createModel((app: AppModel) => {
  const { roster } = app.meeting;
  const { shown, send, raiseHand } = ofScreen(app.meeting, Reactions);
  const isHandRaised = computed(() => (roster.self.value?.hand ?? null) !== null);
  return {
    isHandRaised,
    toggleHand: (): void => raiseHand(!isHandRaised.peek()),
    shown,
    react: (reaction: Reaction): void => send(reaction),
  };
});
