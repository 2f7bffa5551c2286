import type { User } from '@meetframe/contract';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Colleague } from '../../model/callScreens.ts';
import { textOf } from '../../view/calls.ts';
import { Avatar } from '../controls/Avatar.tsx';
import { Button } from '../controls/Button.tsx';
import controls from '../controls/controls.module.css';
import { Dialog, DialogBody } from '../controls/Dialog.tsx';
import { UserText } from '../controls/UserText.tsx';
import { CameraIcon } from '../icons.tsx';
import styles from './AddPerson.module.css';
import { CallIcon } from './icons.tsx';
import { Presence } from './Presence.tsx';
import type { PartProps } from './partProps.ts';

/** How long the user has typed nothing when the search starts, in milliseconds. */
const typingEnds = 250;

/** Calls a colleague into the meeting of the call. */
export function AddPerson({ app, calls }: PartProps) {
  const text = textOf(app);
  const name = useSignal('');
  const found = useSignal<readonly Colleague[] | undefined>(undefined);
  const isFailed = useSignal(false);
  const attempt = (step: () => Promise<void>): void => {
    isFailed.value = false;
    step().catch(() => {
      isFailed.value = true;
    });
  };
  const close = () => calls.setShape('full');
  const wanted = name.value;
  useEffect(() => {
    let isOld = false;
    const search = async () => {
      const colleagues = await calls.colleagues(wanted);
      if (!isOld) found.value = colleagues;
    };
    const timer = setTimeout(() => attempt(search), wanted ? typingEnds : 0);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [wanted]);
  const call = (user: User) =>
    attempt(async () => {
      await calls.place(user.id, app.isAudioOnly.peek() ? 1 : 2);
      close();
    });
  const Picture = app.isAudioOnly.value ? CallIcon : CameraIcon;
  return (
    <Dialog title={text('add.title')} onClose={close} testId="add-to-call" isLight>
      <DialogBody>
        <input
          class={controls.input}
          type="search"
          autocomplete="off"
          aria-label={text('add.search')}
          placeholder={text('add.search')}
          data-testid="add-search"
          value={wanted}
          onInput={({ currentTarget: { value } }) => {
            name.value = value;
          }}
        />
        {isFailed.value && (
          <p class={controls.error} role="alert">
            {text('add.failed')}
          </p>
        )}
        <ul class={styles.list}>
          {found.value?.map(({ user, state }) => (
            <li key={user.id} class={styles.row} data-testid="add-row" data-account={user.account}>
              <Avatar id={user.id} name={user.name} picture={user.photo} class={styles.face} />
              <span class={styles.words}>
                <span class={styles.name}>
                  <UserText text={user.name} />
                </span>
                <Presence state={state} label={text(`presence.${state}`)} />
              </span>
              <Button
                data-testid="add-call"
                disabled={state === 'offline'}
                aria-label={text('add.call', { name: user.name })}
                title={text('add.call', { name: user.name })}
                onClick={() => call(user)}
              >
                <Picture />
              </Button>
            </li>
          ))}
        </ul>
        {found.value?.length === 0 && <p class={controls.hint}>{text('add.none')}</p>}
      </DialogBody>
    </Dialog>
  );
}
