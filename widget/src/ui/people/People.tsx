import type { AppModel } from '../../model/compose.ts';
import type { ModeratingModel } from '../../view/moderating.ts';
import type { PeopleView, Person } from '../../view/people.ts';
import { Avatar } from '../controls/Avatar.tsx';
import { Button } from '../controls/Button.tsx';
import controls from '../controls/controls.module.css';
import { Menu } from '../controls/Menu.tsx';
import { UserText } from '../controls/UserText.tsx';
import { CameraOffIcon, MicOffIcon } from '../icons.tsx';
import { Panel } from '../meeting/Panel.tsx';
import { HandIcon, LockIcon, MoreIcon } from '../meetingIcons.tsx';
import { InviteIcon, UnlockIcon } from '../panelIcons.tsx';
import { useText } from '../text.ts';
import { WaitingList, WaitingSwitch } from '../waiting/parts.ts';
import { menuItems } from './actions.tsx';
import styles from './People.module.css';

type Props = {
  app: AppModel;
  view: InstanceType<typeof PeopleView>;
  moderating: ModeratingModel;
  onInvite: (() => void) | undefined;
  onClose: () => void;
};

export function People({ app, view, moderating, onInvite, onClose }: Props) {
  const t = useText();
  const raised = view.raised.value;
  return (
    <Panel title={t('people.title', { count: view.count.value })} onClose={onClose} testId="people-panel">
      <div class={styles.head}>
        {onInvite && (
          <Button data-testid="invite" onClick={onInvite}>
            <InviteIcon />
            {t('invitation.title')}
          </Button>
        )}
        {view.isSearchable.value && (
          <input
            class={controls.input}
            type="search"
            autocomplete="off"
            aria-label={t('people.search')}
            placeholder={t('people.search')}
            data-testid="people-search"
            value={view.search.value}
            onInput={({ currentTarget: { value } }) => view.find(value)}
          />
        )}
      </div>
      <p class={`${styles.failed} ${controls.error}`} role="alert">
        {moderating.failed.value && t('people.failed')}
      </p>
      <div class={styles.scroll}>
        {moderating.mayModerate.value && <WaitingList app={app} moderating={moderating} />}
        {raised.length > 0 && (
          <>
            <h3 class={styles.heading}>{t('people.raised', { count: raised.length })}</h3>
            <ul class={styles.list} data-testid="raised-hands">
              {raised.map((person) => (
                <Row key={person.id} person={person} isInOrder />
              ))}
            </ul>
            <h3 class={styles.heading}>{t('people.all')}</h3>
          </>
        )}
        <ul class={styles.list}>
          {view.people.value.map((person) => (
            <Row key={person.id} person={person} />
          ))}
        </ul>
        {view.people.value.length === 0 && <p class={styles.nobody}>{t('people.nobody')}</p>}
      </div>
      <ForAll moderating={moderating} />
    </Panel>
  );
}

/** The moderator's actions on all participants at once. */
function ForAll({ moderating }: { moderating: ModeratingModel }) {
  const t = useText();
  const actions = moderating.forAll.value;
  const isLocked = moderating.isLocked.value;
  if (!actions)
    return isLocked ? (
      <p class={styles.locked} data-testid="locked">
        <LockIcon />
        {t('people.locked')}
      </p>
    ) : null;
  return (
    <footer class={styles.forAll}>
      <Button data-testid="mute-all" onClick={actions.muteAll}>
        <MicOffIcon />
        {t('action.muteAll')}
      </Button>
      <Button data-testid="lock" aria-pressed={isLocked} title={t('people.lockHint')} onClick={actions.toggleLock}>
        {isLocked ? <UnlockIcon /> : <LockIcon />}
        {t(isLocked ? 'action.unlock' : 'action.lock')}
      </Button>
      <WaitingSwitch moderating={moderating} />
    </footer>
  );
}

function Row({ person, isInOrder = false }: { person: Person; isInOrder?: boolean }) {
  const t = useText();
  const { id, name, picture, isSelf, isModerator, isMuted, hasCamera, isConnected, hand, actions } = person;
  const note = isConnected ? isModerator && t('people.moderator') : t('stage.lost');
  const lower = isInOrder ? actions.find(({ kind }) => kind === 'lowerHand') : undefined;
  return (
    <li class={styles.person} data-testid={isInOrder ? 'raised-hand' : 'person'} data-client-id={id}>
      {isInOrder && <span class={styles.place}>{hand}</span>}
      <Avatar id={id} name={name} picture={picture} class={styles.avatar} />
      <div class={styles.who}>
        <p class={styles.name}>
          <UserText text={name} />
          {isSelf && <span>{` (${t('stage.you')})`}</span>}
        </p>
        {note && !isInOrder && <p class={controls.hint}>{note}</p>}
      </div>
      {isInOrder ? (
        lower && (
          <Button data-testid="lower-hand" aria-label={t('people.lowerHand', { name })} onClick={lower.run}>
            {t('action.lower')}
          </Button>
        )
      ) : (
        <>
          {hand !== undefined && <State label={t('people.handRaised')} icon={<HandIcon />} isRaised />}
          {!hasCamera && <State label={t('people.cameraOff')} icon={<CameraOffIcon />} />}
          {isMuted && <State label={t('stage.muted')} icon={<MicOffIcon />} />}
          {actions.length > 0 && (
            <Menu
              label={t('people.actions', { name })}
              testId="person-menu"
              face={<MoreIcon />}
              items={menuItems(actions, t)}
            />
          )}
        </>
      )}
    </li>
  );
}

type StateProps = { label: string; icon: preact.JSX.Element; isRaised?: boolean };

const State = ({ label, icon, isRaised = false }: StateProps) => (
  <span class={`${styles.state} ${isRaised ? styles.raised : ''}`} role="img" aria-label={label} title={label}>
    {icon}
  </span>
);
