import { Ask } from '../../ui/controls/Ask.tsx';
import type { Outcome } from '../../ui/controls/useAction.ts';
import { problemOf } from '../view/problem.ts';
import type { PortalTextKey, Text } from '../view/text.ts';
import { usePortal } from './context.ts';

type Props = {
  title: PortalTextKey;
  text: Text;
  action?: PortalTextKey;
  /** False when the action is refused; `refused` is the text for it. */
  run: () => Promise<boolean>;
  refused?: PortalTextKey;
  /** Text of the notification after success. */
  done: Text;
  onClose: () => void;
};

/** Asks for confirmation before an action that cannot be undone. */
export function Confirm({ title, text, action = 'common.delete', run, refused, done, onClose }: Props) {
  const { t, notify } = usePortal();
  const attempt = (): Promise<Outcome> =>
    run().then(
      (isDone) => (isDone ? undefined : t(refused ?? problemOf(undefined))),
      (error) => t(problemOf(error)),
    );
  return (
    <Ask
      title={t(title)}
      text={t(text)}
      action={t(action)}
      testId="confirm"
      run={attempt}
      onDone={() => notify(done)}
      onClose={onClose}
    />
  );
}
