import type { AppModel } from '../../model/types.ts';
import { Note } from '../controls/Note.tsx';
import { useText } from '../text.ts';

/** Whoever came with a sign-on that does not hold is told so, and goes on as a guest. */
export function SignOnNote({ app }: { app: AppModel }) {
  const t = useText();
  if (!app.session.signOnRefused.value) return null;
  return (
    <Note tone="warning" testId="sign-on-refused">
      {t('lobby.signOnRefused')}
    </Note>
  );
}
