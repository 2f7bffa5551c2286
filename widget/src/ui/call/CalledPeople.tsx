import type { Called } from '../../model/callScreens.ts';
import type { CallTextKey } from '../../model/callTexts.ts';
import { textOf } from '../../view/calls.ts';
import { Avatar } from '../controls/Avatar.tsx';
import { UserText } from '../controls/UserText.tsx';
import styles from './CalledPeople.module.css';
import { HangUpIcon } from './icons.tsx';
import type { PartProps } from './partProps.ts';
import round from './Round.module.css';

const stateOf = ({ state, reason }: Called): CallTextKey => {
  if (state === 'ended') return `ended.out.${reason}` as CallTextKey;
  return state === 'ringing' ? 'outgoing.ringing' : 'outgoing.calling';
};

/** A tile for each person who is being called into the meeting of the call. */
export function CalledPeople({ app, calls }: PartProps) {
  const text = textOf(app);
  return (
    <ul class={styles.called} data-called>
      {calls.called.value.map((one) => {
        const own = calls.live.value.find(({ callId, outgoing }) => callId === one.callId && outgoing);
        const cancel = `${text('cancel')}: ${one.user.name}`;
        return (
          <li key={one.callId} class={styles.tile} data-testid="called-tile" data-state={one.state}>
            <Avatar id={one.user.id} name={one.user.name} picture={one.user.photo} class={styles.face} />
            <span class={styles.words} role="status">
              <span class={styles.name}>
                <UserText text={one.user.name} />
              </span>
              <span class={styles.state}>{text(stateOf(one))}</span>
            </span>
            {own && (
              <button
                type="button"
                class={`${round.round} ${round.ends}`}
                aria-label={cancel}
                title={cancel}
                data-testid="cancel-called"
                onClick={() => void calls.cancel(own).catch(() => {})}
              >
                <HangUpIcon />
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
