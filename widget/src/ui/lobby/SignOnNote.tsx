import { Note } from '../controls/Note.tsx';
import { useText } from '../text.ts';

/** Tells a user whose sign-on is not valid that they go on as a guest. */
export function SignOnNote({ isShown }: { isShown: boolean }) {
  const t = useText();
  if (!isShown) return null;
  return (
    <Note tone="warning" testId="sign-on-refused">
      {t('lobby.signOnRefused')}
    </Note>
  );
}
