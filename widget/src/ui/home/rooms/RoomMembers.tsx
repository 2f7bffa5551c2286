import type { Room, RoomMember } from '@meetframe/contract';
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { problemOf } from '../../../view/home/problem.ts';
import type { Text } from '../../../view/home/text.ts';
import { Avatar } from '../../controls/Avatar.tsx';
import { Button } from '../../controls/Button.tsx';
import { Note } from '../../controls/Note.tsx';
import { CloseIcon } from '../../icons.tsx';
import { useHome } from '../context.ts';
import { Dialog, DialogBody } from '../Dialog.tsx';
import { PeoplePicker } from '../PeoplePicker.tsx';
import parts from '../parts.module.css';
import { Skeleton } from '../parts.tsx';
import styles from './Members.module.css';

/** Who may enter a private room besides its owner. Each change is made at once; the list is what the server says. */
export function RoomMembersDialog({ room, onClose }: { room: Room; onClose: () => void }) {
  const { t, home } = useHome();
  const members = useSignal<readonly RoomMember[] | undefined>(undefined);
  const problem = useSignal<Text | undefined>(undefined);
  const box = useRef<HTMLDivElement>(null);
  const busyId = useSignal<number | undefined>(undefined);

  async function load(): Promise<void> {
    try {
      members.value = await home.rooms.members(room.id);
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
        <div ref={box} class={styles.space}>
          <PeoplePicker
            label={t('rooms.memberAdd')}
            testId="find-member"
            taken={list?.map(({ id }) => id) ?? []}
            onPick={({ id }) => void change(id, () => home.rooms.addMember(room.id, id))}
          />
          {room.isPublic && <p class={styles.hint}>{t('rooms.membersPublic')}</p>}
          {problem.value && (
            <Note tone="bad" role="alert" testId="form-problem">
              {t(problem.value.key, problem.value.params)}
            </Note>
          )}
          {!list && !problem.value && <Skeleton count={2} />}
          {list?.length === 0 && <p class={styles.hint}>{t('rooms.membersNone')}</p>}
          <ul class={parts.people}>
            {list?.map((member) => (
              <li key={member.id} class={parts.person} data-testid="room-member">
                <Avatar id={member.id} name={member.name} class={parts.face} />
                <div class={parts.who}>
                  <p class={parts.name}>{member.name}</p>
                  <p class={parts.detail}>{member.account}</p>
                </div>
                <Button
                  look="bare"
                  aria-label={t('people.remove', { name: member.name })}
                  title={t('people.remove', { name: member.name })}
                  data-testid="remove-member"
                  disabled={busyId.value === member.id}
                  onClick={() => {
                    // The button goes with the person.
                    box.current?.querySelector('input')?.focus();
                    void change(member.id, () => home.rooms.removeMember(room.id, member.id));
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
