import { Note } from '../controls/Note.tsx';
import { useText } from '../text.ts';

/** Whoever came with a sign-on that does not hold is told so, and goes on as a guest. */
export function SignOnNote({ isShown }: { isShown: boolean }) {
  const t = useText();
  if (!isShown) return null;
  return (
    <Note tone="warning" testId="sign-on-refused">
      {t('lobby.signOnRefused')}
    </Note>
  );
}
