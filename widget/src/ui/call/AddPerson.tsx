import { useModel } from '@preact/signals';
import { AddPersonView } from '../../view/addPerson.ts';
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

/** Calls a colleague into the meeting of the call. */
export function AddPerson({ app, calls }: PartProps) {
  const text = textOf(app);
  const view = useModel(() => new AddPersonView({ calls, isAudioOnly: () => app.isAudioOnly.peek() }));
  const found = view.found.value;
  const Picture = app.isAudioOnly.value ? CallIcon : CameraIcon;
  return (
    <Dialog title={text('add.title')} onClose={view.close} testId="add-to-call" isLight>
      <DialogBody>
        <input
          class={controls.input}
          type="search"
          autocomplete="off"
          aria-label={text('add.search')}
          placeholder={text('add.search')}
          data-testid="add-search"
          value={view.wanted.value}
          onInput={({ currentTarget: { value } }) => view.search(value)}
        />
        {view.hasFailed.value && (
          <p class={controls.error} role="alert">
            {text('add.failed')}
          </p>
        )}
        <ul class={styles.list}>
          {found?.map(({ user, state }) => (
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
                onClick={() => void view.call(user.id)}
              >
                <Picture />
              </Button>
            </li>
          ))}
        </ul>
        {found?.length === 0 && <p class={controls.hint}>{text('add.none')}</p>}
      </DialogBody>
    </Dialog>
  );
}
