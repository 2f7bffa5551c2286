import { useModel, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { downloadText } from '../../download.ts';
import type { AppModel } from '../../model/compose.ts';
import type { DialogsModel } from '../../view/dialogs.ts';
import { type InvitationModel, InvitationView } from '../../view/invitation.ts';
import { Button } from '../controls/Button.tsx';
import { CopyLine } from '../controls/CopyLine.tsx';
import controls from '../controls/controls.module.css';
import { Dialog, DialogBody } from '../controls/Dialog.tsx';
import { CalendarIcon, EditIcon } from '../panelIcons.tsx';
import { useText } from '../text.ts';
import styles from './Invite.module.css';

/** The dialog for inviting people, opened from the title of the meeting and from the list of participants. */
export function InviteDialog({
  app,
  dialogs,
  mayRename,
}: {
  app: AppModel;
  dialogs: DialogsModel;
  mayRename: boolean;
}) {
  const t = useText();
  const view = useModel(() => new InvitationView(app));
  const name = view.name.value;
  const calendar = view.calendarFile.value;
  return (
    <Dialog title={t('invitation.title')} onClose={dialogs.close} testId="invite" isLight>
      <DialogBody>
        <div class={styles.name}>
          <bdi>{name}</bdi>
          {mayRename && (
            <Button
              look="bare"
              aria-label={t('rename.meeting')}
              title={t('rename.meeting')}
              data-testid="rename-meeting"
              onClick={() => dialogs.show({ kind: 'renameMeeting', name })}
            >
              <EditIcon />
            </Button>
          )}
        </div>
        <InviteLines view={view} />
        {calendar && (
          <Button
            data-testid="invite-calendar"
            onClick={() =>
              // Without a connection nothing is saved; the bar says that there is none.
              void calendar().then(
                ({ content, name }) => downloadText(content, { type: 'text/calendar', name }),
                () => undefined,
              )
            }
          >
            <CalendarIcon />
            {t('invitation.calendar')}
          </Button>
        )}
        <QrCode text={view.link.value} />
      </DialogBody>
    </Dialog>
  );
}

/** Shown on the stage while the user is the only participant. */
export function InviteCard({ app }: { app: AppModel }) {
  const t = useText();
  const view = useModel(() => new InvitationView(app));
  return (
    <section class={styles.card} aria-label={t('invitation.title')} data-testid="invite-card">
      <p class={styles.cardTitle} role="status">
        {t('stage.alone')}
      </p>
      <p class={styles.cardText}>{t('invitation.hint')}</p>
      <InviteLines view={view} />
    </section>
  );
}

function InviteLines({ view }: { view: InvitationModel }) {
  const t = useText();
  const isCode = view.isCode.value;
  return (
    <div class={styles.lines} aria-busy={!view.isLoaded.value}>
      <CopyLine label={t('invitation.link')} value={view.link.value} testId="invite-link" isMain />
      <CopyLine
        label={t(isCode ? 'invitation.code' : 'invitation.number')}
        value={view.number.value}
        shown={view.shownNumber.value}
        testId="invite-number"
      />
      {view.hasPassword.value && <p class={controls.hint}>{t('invitation.password')}</p>}
      {view.isForMembers.value && <p class={controls.hint}>{t('invitation.members')}</p>}
    </div>
  );
}

/** The link for the camera of a phone. The code that draws it is fetched when it is needed. */
function QrCode({ text }: { text: string }) {
  const t = useText();
  const image = useSignal<string | undefined>(undefined);
  useEffect(() => {
    let isGone = false;
    import('uqr').then(
      ({ renderSVG }) => {
        if (!isGone) image.value = `data:image/svg+xml,${encodeURIComponent(renderSVG(text, { border: 2 }))}`;
      },
      () => undefined,
    );
    return () => {
      isGone = true;
    };
  }, [text]);
  return (
    <figure class={styles.qr}>
      {image.value ? <img src={image.value} alt={t('invitation.qr')} data-testid="invite-qr" /> : <span />}
      <figcaption class={controls.hint}>{t('invitation.scan')}</figcaption>
    </figure>
  );
}
