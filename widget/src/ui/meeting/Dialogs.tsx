import { useSignal } from '@preact/signals';
import type { AppModel } from '../../model/compose.ts';
import type { DialogsModel, MeetingDialog } from '../../view/dialogs.ts';
import type { TextParams } from '../../view/fill.ts';
import type { TextKey } from '../../view/i18n.ts';
import { Button } from '../controls/Button.tsx';
import controls from '../controls/controls.module.css';
import dialogs from '../controls/Dialog.module.css';
import { Dialog, DialogActions, DialogBody } from '../controls/Dialog.tsx';
import { Field } from '../controls/Field.tsx';
import { Note } from '../controls/Note.tsx';
import { useText } from '../text.ts';
import { InviteDialog } from './Invite.tsx';
import { ShortcutsSheet } from './ShortcutsSheet.tsx';

type Props = { app: AppModel; view: DialogsModel; canShare: boolean; mayRename: boolean };

/** The dialogs over the meeting. */
export function Dialogs({ app, view, canShare, mayRename }: Props) {
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
          title={['remove.title', { name: dialog.name }]}
          text="remove.text"
          action="remove.action"
          run={() => moderation.remove(dialog.id)}
          onClose={view.close}
        />
      );
    case 'finish':
      return (
        <Ask
          title={['finish.title', {}]}
          text="finish.text"
          action="finish.action"
          run={moderation.finish}
          onClose={view.close}
        />
      );
    default:
      return <Rename key={dialog.kind} dialog={dialog} app={app} onClose={view.close} />;
  }
}

type AskProps = {
  title: [TextKey, TextParams];
  text: TextKey;
  action: TextKey;
  run: () => Promise<void>;
  onClose: () => void;
};

/** Runs an action of a dialog: closes it after success, or says that it failed. */
function useAction(onClose: () => void) {
  const isBusy = useSignal(false);
  const hasFailed = useSignal(false);
  const go = (action: Promise<void>): void => {
    isBusy.value = true;
    hasFailed.value = false;
    action.then(onClose, () => {
      isBusy.value = false;
      hasFailed.value = true;
    });
  };
  return { isBusy: isBusy.value, hasFailed: hasFailed.value, go };
}

/** Asks before what cannot be undone. */
function Ask({ title: [key, params], text, action, run, onClose }: AskProps) {
  const t = useText();
  const { isBusy, hasFailed, go } = useAction(onClose);
  return (
    <Dialog title={t(key, params)} onClose={onClose} testId="ask" isLight>
      <DialogBody>
        <p class={dialogs.prose}>{t(text)}</p>
        {hasFailed && (
          <Note tone="bad" role="alert">
            {t('people.failed')}
          </Note>
        )}
      </DialogBody>
      <DialogActions>
        <Button autofocus onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button look="danger" data-testid="ask-yes" disabled={isBusy} onClick={() => go(run())}>
          {t(action)}
        </Button>
      </DialogActions>
    </Dialog>
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
  const { isBusy, hasFailed, go } = useAction(onClose);
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
          else go('id' in dialog ? moderation.rename(dialog.id, typed) : moderation.renameMeeting(typed));
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
          {hasFailed && (
            <Note tone="bad" role="alert">
              {t('people.failed')}
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
