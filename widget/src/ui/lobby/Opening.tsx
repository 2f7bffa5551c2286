import type { TextKey } from '../../view/i18n.ts';
import { Button } from '../controls/Button.tsx';
import { Note } from '../controls/Note.tsx';
import { PlainScreen } from '../controls/PlainScreen.tsx';
import { useText } from '../text.ts';

type Props = { isConnecting: boolean; problem: TextKey | undefined; retry: () => void };

/** The screen while the room of an address or a number is looked up. */
export function Opening({ isConnecting, problem, retry }: Props) {
  const t = useText();
  return (
    <PlainScreen text={t(isConnecting ? 'idle.connecting' : 'opening.wait')}>
      {problem && (
        <>
          <Note tone="bad" role="alert" testId="problem">
            {t(problem)}
          </Note>
          <Button look="primary" data-testid="again" onClick={retry}>
            {t('error.retry')}
          </Button>
        </>
      )}
    </PlainScreen>
  );
}
