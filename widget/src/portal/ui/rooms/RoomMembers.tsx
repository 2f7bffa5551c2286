import type { Room, RoomMember } from '@meetframe/contract';
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { Button } from '../../../ui/controls/Button.tsx';
import { Dialog, DialogBody } from '../../../ui/controls/Dialog.tsx';
import { Note } from '../../../ui/controls/Note.tsx';
import { CloseIcon } from '../../../ui/icons.tsx';
import { problemOf } from '../../view/problem.ts';
import type { Text } from '../../view/text.ts';
import { usePortal } from '../context.ts';
import { Skeleton } from '../list/Skeleton.tsx';
import { PeoplePicker } from '../PeoplePicker.tsx';
import people from '../Person.module.css';
import { Person } from '../Person.tsx';
import styles from './Rooms.module.css';

/** Who may enter a private room besides its owner. Each change is sent at once; the list is the server's answer. */
export function RoomMembersDialog({ room, onClose }: { room: Room; onClose: () => void }) {
  const { t, portal } = usePortal();
  const members = useSignal<readonly RoomMember[] | undefined>(undefined);
  const problem = useSignal<Text | undefined>(undefined);
  const box = useRef<HTMLDivElement>(null);
  const busyId = useSignal<number | undefined>(undefined);

  async function load(): Promise<void> {
    try {
      members.value = await portal.rooms.members(room.id);
    } catch (error) {
      problem.value = problemOf(error);
    }
  }
  useEffect(() => void load(), []);

  async function change(userId: number, act: () => Promise<void>): Promise<void> {
    busyId.value = userId;
    problem.value = undefined;
    try {
      await act();
    } catch (error) {
      problem.value = problemOf(error);
    }
    await load();
    busyId.value = undefined;
  }

  const list = members.value;
  return (
    <Dialog title={t('rooms.membersOf', { name: room.name })} onClose={onClose} testId="room-members-dialog" isLight>
      <DialogBody>
        <div ref={box} class={styles.members}>
          <PeoplePicker
            label={t('rooms.memberAdd')}
            testId="find-member"
            taken={list?.map(({ id }) => id) ?? []}
            onPick={({ id }) => void change(id, () => portal.rooms.addMember(room.id, id))}
          />
          {room.isPublic && <p class={styles.hint}>{t('rooms.membersPublic')}</p>}
          {problem.value && (
            <Note tone="bad" role="alert" testId="form-problem">
              {t(problem.value)}
            </Note>
          )}
          {!list && !problem.value && <Skeleton count={2} />}
          {list?.length === 0 && <p class={styles.hint}>{t('rooms.membersNone')}</p>}
          <ul class={people.people}>
            {list?.map((member) => (
              <li key={member.id} class={people.person} data-testid="room-member">
                <Person id={member.id} name={member.name} detail={member.account} />
                <Button
                  look="bare"
                  aria-label={t('people.remove', { name: member.name })}
                  title={t('people.remove', { name: member.name })}
                  data-testid="remove-member"
                  disabled={busyId.value === member.id}
                  onClick={() => {
                    // The button is removed with the person.
                    box.current?.querySelector('input')?.focus();
                    void change(member.id, () => portal.rooms.removeMember(room.id, member.id));
                  }}
                >
                  <CloseIcon />
                </Button>
              </li>
            ))}
          </ul>
        </div>
      </DialogBody>
    </Dialog>
  );
}
