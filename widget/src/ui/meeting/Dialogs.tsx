import { useSignal } from '@preact/signals';
import type { AppModel } from '../../model/compose.ts';
import type { DialogsModel, MeetingDialog } from '../../view/dialogs.ts';
import { Ask } from '../controls/Ask.tsx';
import { Button } from '../controls/Button.tsx';
import controls from '../controls/controls.module.css';
import { Dialog, DialogActions, DialogBody } from '../controls/Dialog.tsx';
import { Field } from '../controls/Field.tsx';
import { Note } from '../controls/Note.tsx';
import { type Outcome, useAction } from '../controls/useAction.ts';
import { useText } from '../text.ts';
import { InviteDialog } from './Invite.tsx';
import { ShortcutsSheet } from './ShortcutsSheet.tsx';

type Props = { app: AppModel; view: DialogsModel; canShare: boolean; mayRename: boolean };

/** The dialogs over the meeting. */
export function Dialogs({ app, view, canShare, mayRename }: Props) {
  const t = useText();
  const outcome = useOutcome();
  const dialog = view.dialog.value;
  const { moderation } = app.meeting;
  if (!dialog) return null;
  switch (dialog.kind) {
    case 'invite':
      return <InviteDialog app={app} dialogs={view} mayRename={mayRename} />;
    case 'shortcuts':
      return (
        <ShortcutsSheet
          without={[
            ...(canShare ? [] : ['share' as const]),
            ...(app.isAudioOnly.value ? ['camera' as const] : []),
            ...(app.meeting.transcribing.state.value ? [] : ['captions' as const]),
          ]}
          onClose={view.close}
        />
      );
    case 'remove':
      return (
        <Ask
          title={t('remove.title', { name: dialog.name })}
          text={t('remove.text')}
          action={t('remove.action')}
          testId="ask"
          run={() => outcome(moderation.remove(dialog.id))}
          onClose={view.close}
        />
      );
    case 'finish':
      return (
        <Ask
          title={t('finish.title')}
          text={t('finish.text')}
          action={t('finish.action')}
          testId="ask"
          run={() => outcome(moderation.finish())}
          onClose={view.close}
        />
      );
    default:
      return <Rename key={dialog.kind} dialog={dialog} app={app} onClose={view.close} />;
  }
}

/** What an action of a moderator comes to. */
function useOutcome(): (action: Promise<void>) => Promise<Outcome> {
  const t = useText();
  return (action) =>
    action.then(
      () => undefined,
      () => t('people.failed'),
    );
}

type RenameProps = {
  dialog: Extract<MeetingDialog, { name: string }>;
  app: AppModel;
  onClose: () => void;
};
const longestName = 100;

/** Another name for a participant, or for the meeting. */
function Rename({ dialog, app, onClose }: RenameProps) {
  const t = useText();
  const outcome = useOutcome();
  const { isBusy, problem, go } = useAction(onClose);
  const name = useSignal(dialog.name);
  const { moderation, seat } = app.meeting;
  const isMeeting = dialog.kind === 'renameMeeting';
  const isOwn = !isMeeting && 'id' in dialog && seat.ownIds.value.has(dialog.id);
  const title = isMeeting ? 'rename.meeting' : isOwn ? 'rename.own' : 'rename.other';
  const typed = name.value.trim();
  return (
    <Dialog title={t(title, { name: dialog.name })} onClose={onClose} testId="rename">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (typed === '' || isBusy) return;
          if (typed === dialog.name) onClose();
          else
            void go(() =>
              outcome('id' in dialog ? moderation.rename(dialog.id, typed) : moderation.renameMeeting(typed)),
            );
        }}
      >
        <DialogBody>
          <Field label={t(isMeeting ? 'rename.meetingLabel' : 'rename.label')}>
            {(control) => (
              <input
                {...control}
                class={controls.input}
                data-testid="rename-input"
                autofocus
                dir="auto"
                maxLength={longestName}
                value={name.value}
                onFocus={({ currentTarget }) => currentTarget.select()}
                onInput={({ currentTarget: { value } }) => {
                  name.value = value;
                }}
              />
            )}
          </Field>
          {problem && (
            <Note tone="bad" role="alert">
              {problem}
            </Note>
          )}
        </DialogBody>
        <DialogActions>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" look="primary" data-testid="rename-save" disabled={isBusy || typed === ''}>
            {t('common.save')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
