import { useSignalEffect } from '@preact/signals';
import type { AppModel } from '../../model/compose.ts';
import type { ModeratingModel } from '../../view/moderating.ts';
import { Request } from '../meeting/Request.tsx';
import { playSound } from '../meeting/sounds.ts';
import { useText } from '../text.ts';

type Props = { app: Pick<AppModel, 'sounds'>; moderating: ModeratingModel; isListOpen: boolean; onShow: () => void };

/** Tells the moderator who is in the waiting room, with a quiet knock for each person who arrives. */
export function WaitingNotice({ app, moderating, isListOpen, onShow }: Props) {
  const t = useText();
  useSignalEffect(() =>
    moderating.waiting.value?.onKnock(() => {
      if (app.sounds.peek()) playSound('knock');
    }),
  );
  const people = moderating.waiting.value?.people.value ?? [];
  const [first] = people;
  // The list has the same buttons.
  if (!first || isListOpen) return null;
  const isOne = people.length === 1;
  return (
    <Request
      testId="waiting-notice"
      text={isOne ? t('waiting.one', { name: first.name }) : t('waiting.many', { count: people.length })}
      accept={{
        text: t(isOne ? 'waiting.admit' : 'waiting.admitAll'),
        testId: 'notice-admit',
        act: () => moderating.admit(isOne ? first.id : undefined),
      }}
      decline={{ text: t('waiting.show'), testId: 'notice-show', act: onShow }}
    />
  );
}
