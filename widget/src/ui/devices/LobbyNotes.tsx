import { useModel } from '@preact/signals';
import type { AppModel } from '../../model/compose.ts';
import { LobbyNotesView } from '../../view/lobbyNotes.ts';
import { deviceProblemTexts } from '../../view/problem.ts';
import type { ToolbarView } from '../../view/toolbar.ts';
import { Button } from '../controls/Button.tsx';
import controls from '../controls/controls.module.css';
import { Note } from '../controls/Note.tsx';
import { SignOnNote } from '../lobby/SignOnNote.tsx';
import { useText } from '../text.ts';
import styles from './LobbyNotes.module.css';

/** In the lobby: what is wrong with the devices, and which one took the place of another. */
export function LobbyNotes({ app, toolbar }: { app: AppModel; toolbar: InstanceType<typeof ToolbarView> }) {
  const t = useText();
  const view = useModel(() => new LobbyNotesView(app));
  const [microphone, camera] = [app.devices.microphoneProblem.value, app.devices.cameraProblem.value];
  const problems = deviceProblemTexts(microphone, camera);
  const switched = view.switched.value;
  return (
    <>
      <SignOnNote isShown={app.identity.signOnRefused.value} />
      {problems.length > 0 && (
        <Note tone="warning" testId="device-problem">
          {problems.map((problem) => (
            <p key={problem}>{t(problem)}</p>
          ))}
          <p>{t('device.stillTakePart')}</p>
          {[microphone, camera].includes('PERMISSION_DENIED') && (
            <p class={styles.action}>
              <Button data-testid="how-to-allow" onClick={() => toolbar.show('blocked')}>
                {t('device.howToAllow')}
              </Button>
            </p>
          )}
        </Note>
      )}
      <p class={controls.hint} role="status" data-testid="device-switched" hidden={!switched}>
        {switched && t(`device.${switched.how}.${switched.kind}`, { label: switched.label })}
      </p>
    </>
  );
}
