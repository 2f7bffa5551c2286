import type { RoomType } from '@meetframe/contract';
import { useEffect } from 'preact/hooks';
import { stateOf } from '../../../model/presence.ts';
import { CallIcon } from '../../../ui/call/icons.tsx';
import { Presence } from '../../../ui/call/Presence.tsx';
import { Button } from '../../../ui/controls/Button.tsx';
import { Menu } from '../../../ui/controls/Menu.tsx';
import { CameraIcon } from '../../../ui/icons.tsx';
import { LockIcon, MoreIcon } from '../../../ui/meetingIcons.tsx';
import { textOf } from '../../../view/calls.ts';
import type { PastCall } from '../../model/calls.ts';
import type { CompanyUser } from '../../model/users.ts';
import { problemOf } from '../../view/problem.ts';
import { usePortal } from '../context.ts';
import { SearchIcon } from '../icons.tsx';
import { Empty } from '../list/Empty.tsx';
import { Listing } from '../list/Listing.tsx';
import { More } from '../list/More.tsx';
import page from '../Page.module.css';
import { Page } from '../Page.tsx';
import { Person } from '../Person.tsx';
import { SearchField } from '../SearchField.tsx';
import { Pager } from '../users/Pager.tsx';
import styles from './Calls.module.css';

const useCall = () => {
  const { portal, notify } = usePortal();
  return (userId: number, type: RoomType) => () => {
    portal.calls.call(userId, type).catch((error: unknown) => notify(problemOf(error), 'bad'));
  };
};

const kinds = [
  { kind: 'audio', type: 1, Picture: CallIcon },
  { kind: 'video', type: 2, Picture: CameraIcon },
] as const;

const CallButtons = ({ userId, name, isOff = false }: { userId: number; name: string; isOff?: boolean }) => {
  const { t } = usePortal();
  const call = useCall();
  return (
    <div class={styles.doing}>
      {kinds.map(({ kind, type, Picture }) => (
        <Button
          key={kind}
          look="bare"
          data-testid={`call-${kind}`}
          disabled={isOff}
          aria-label={t(`calls.${kind}`, { name })}
          title={t(`calls.${kind}`, { name })}
          onClick={call(userId, type)}
        >
          <Picture />
        </Button>
      ))}
    </div>
  );
};

/** Blocks a user or ends that, and shows a notification. */
const useBlock = () => {
  const { portal, notify } = usePortal();
  return (userId: number, name: string, isBlocked: boolean): void => {
    portal.calls.block(userId, isBlocked).then(
      () => notify({ key: isBlocked ? 'calls.blocked' : 'calls.unblocked', params: { name } }),
      (error: unknown) => notify(problemOf(error), 'bad'),
    );
  };
};

const Colleague = ({ user }: { user: CompanyUser }) => {
  const { t, app, portal } = usePortal();
  const block = useBlock();
  const isBlocked = portal.calls.blocked.value.some(({ id }) => id === user.id);
  const state = stateOf(portal.calls.presence.value.get(user.id));
  return (
    <li class={styles.row} data-testid="colleague" data-account={user.account} data-presence={state}>
      <Person
        id={user.id}
        name={user.name}
        detail={<Presence state={state} label={textOf(app)(`presence.${state}`)} />}
      />
      <CallButtons userId={user.id} name={user.name} isOff={state === 'offline'} />
      <Menu
        label={t('menu.of', { name: user.name })}
        testId="colleague-menu"
        face={<MoreIcon />}
        items={[
          {
            label: t(isBlocked ? 'calls.unblock' : 'calls.block'),
            icon: LockIcon,
            testId: 'block-caller',
            run: () => block(user.id, user.name, !isBlocked),
          },
        ]}
      />
    </li>
  );
};

const Past = ({ call }: { call: PastCall }) => {
  const { t, format } = usePortal();
  const { peer, missed, outgoing, duration, startTime, type } = call;
  const what = missed ? 'calls.missed' : outgoing ? 'calls.outgoing' : 'calls.incoming';
  return (
    <li class={styles.row} data-testid="past-call" data-missed={missed}>
      <Person
        id={peer.id}
        name={peer.name}
        detail={
          <>
            <span class={missed ? styles.missed : undefined}>{t(what)}</span>
            {` · ${t(type === 1 ? 'calls.typeAudio' : 'calls.typeVideo')} · ${format.past(Date.parse(startTime), Date.now())}`}
            {duration > 0 && ` · ${format.clock(duration)}`}
          </>
        }
      />
      <CallButtons userId={peer.id} name={peer.name} />
    </li>
  );
};

/** The blocked users; nothing while there are none. */
const Blocked = () => {
  const { t, portal } = usePortal();
  const block = useBlock();
  const blocked = portal.calls.blocked.value;
  if (blocked.length === 0) return null;
  return (
    <section class={styles.column} aria-labelledby="blocked" data-testid="blocked-callers">
      <div>
        <h2 id="blocked" class={styles.title}>
          {t('calls.blockedPeople')}
        </h2>
        <p class={styles.hint}>{t('calls.blockedText')}</p>
      </div>
      <ul class={`${page.card} ${styles.rows}`}>
        {blocked.map(({ id, name }) => (
          <li key={id} class={styles.row}>
            <Person id={id} name={name} />
            <Button data-testid="unblock-caller" onClick={() => block(id, name, false)}>
              {t('calls.unblock')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
};

/** Colleagues whom the user can call, and the user's calls. */
export function Calls() {
  const { t, app, portal, notify } = usePortal();
  const { people, history, doNotDisturb, unseen } = portal.calls;
  const me = app.identity.user.value?.id;
  const count = unseen.value;
  useEffect(() => {
    if (count > 0) portal.calls.see().catch(() => {});
  }, [count]);
  return (
    <Page
      title={t('section.calls')}
      sub={t('calls.sub')}
      tools={
        <label class={styles.quiet}>
          <input
            type="checkbox"
            data-testid="do-not-disturb"
            checked={doNotDisturb.value}
            onChange={({ currentTarget }) => {
              portal.calls
                .setDoNotDisturb(currentTarget.checked)
                .catch((error: unknown) => notify(problemOf(error), 'bad'));
            }}
          />
          {t('calls.doNotDisturb')}
        </label>
      }
    >
      <div class={styles.columns}>
        <section class={styles.column} aria-labelledby="colleagues">
          <div class={page.head}>
            <h2 id="colleagues" class={styles.title}>
              {t('calls.colleagues')}
            </h2>
            <SearchField
              label={t('users.search')}
              testId="search-colleagues"
              onSearch={(text) => void people.search(text)}
            />
          </div>
          <Listing
            list={people.list}
            empty={<Empty icon={SearchIcon} title="search.none" text="search.noneText" testId="no-colleague" />}
          >
            <ul class={`${page.card} ${styles.rows}`}>
              {people.list.items.value
                ?.filter(({ id }) => id !== me)
                .map((user) => (
                  <Colleague key={user.id} user={user} />
                ))}
            </ul>
            <Pager list={people.list} />
          </Listing>
        </section>
        <section class={styles.column} aria-labelledby="history">
          <h2 id="history" class={styles.title}>
            {t('calls.history')}
          </h2>
          <Listing
            list={history}
            empty={<Empty icon={CallIcon} title="calls.none" text="calls.noneText" testId="no-calls" />}
          >
            <ul class={`${page.card} ${styles.rows}`}>
              {history.items.value?.map((call) => (
                <Past key={call.callId} call={call} />
              ))}
            </ul>
          </Listing>
          <More list={history} />
          <Blocked />
        </section>
      </div>
    </Page>
  );
}
