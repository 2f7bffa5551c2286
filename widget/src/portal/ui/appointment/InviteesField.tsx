import { useSignal } from '@preact/signals';
import { useId, useRef } from 'preact/hooks';
import { Button } from '../../../ui/controls/Button.tsx';
import controls from '../../../ui/controls/controls.module.css';
import dialog from '../../../ui/controls/Dialog.module.css';
import select from '../../../ui/controls/Select.module.css';
import { CloseIcon } from '../../../ui/icons.tsx';
import type { Invitee, ScheduleValues } from '../../view/appointment/schedule.ts';
import type { Form } from '../../view/form.ts';
import { rolesOf, roleText } from '../../view/roles.ts';
import { usePortal } from '../context.ts';
import { PlusIcon } from '../icons.tsx';
import { PeoplePicker } from '../PeoplePicker.tsx';
import people from '../Person.module.css';
import { Person } from '../Person.tsx';
import styles from './Form.module.css';
import { GuestForm } from './GuestForm.tsx';

/** Invited people: users of the company, found by name, and people from outside by name and address. */
export function InviteesField({ form }: { form: Form<ScheduleValues> }) {
  const { t, portal } = usePortal();
  const sendsMail = portal.appointments.sendsMail.value;
  const id = useId();
  const addsGuest = useSignal(false);
  const box = useRef<HTMLDivElement>(null);
  const { members, type } = form.values.value;
  const complaint = form.complaints.value.members;
  const change = (next: readonly Invitee[]) => form.set('members', next);
  const add = (invitee: Pick<Invitee, 'id' | 'name' | 'email'>) =>
    change([...form.values.peek().members, { codeId: null, role: type === 3 ? 3 : 2, ...invitee }]);

  return (
    <div ref={box} class={dialog.stack}>
      <PeoplePicker
        label={t('schedule.people')}
        testId="find-people"
        errorId={complaint && `${id}-error`}
        taken={members.flatMap((member) => (member.id === null ? [] : [member.id]))}
        onPick={({ id: userId, name, email }) => add({ id: userId, name, email })}
      />
      {members.length > 0 && (
        <ul class={people.people} aria-label={t('appointment.invited', { count: members.length })}>
          {members.map((member, index) => (
            // People without an account have no other unique field.
            <li key={index} class={people.person} data-testid="invitee">
              <Person id={member.id ?? index} name={member.name} detail={member.email} />
              <select
                class={`${controls.input} ${select.select} ${styles.role}`}
                aria-label={t('role.of', { name: member.name })}
                data-testid="invitee-role"
                value={Math.min(member.role, rolesOf(type).length)}
                onChange={({ currentTarget: { value } }) =>
                  change(
                    members.map((each, at) =>
                      at === index ? { ...each, role: Number(value) as Invitee['role'] } : each,
                    ),
                  )
                }
              >
                {rolesOf(type).map((role) => (
                  <option key={role} value={role}>
                    {t(roleText(type, role))}
                  </option>
                ))}
              </select>
              <Button
                look="bare"
                aria-label={t('people.remove', { name: member.name })}
                title={t('people.remove', { name: member.name })}
                data-testid="remove-invitee"
                onClick={() => {
                  change(members.filter((_, at) => at !== index));
                  box.current?.querySelector('input')?.focus();
                }}
              >
                <CloseIcon />
              </Button>
            </li>
          ))}
        </ul>
      )}
      {complaint && (
        <p id={`${id}-error`} class={controls.error}>
          {t(complaint.key === 'home.field.invalid' ? 'schedule.peopleInvalid' : complaint.key)}
        </p>
      )}
      {sendsMail !== undefined && (
        <p class={controls.hint} data-testid="mail-hint">
          {t(sendsMail ? 'mail.hint' : 'mail.none')}
        </p>
      )}
      {addsGuest.value ? (
        <GuestForm
          onAdd={(guest) => add({ id: null, ...guest })}
          onDraft={(isDraft) => form.set('hasGuestDraft', isDraft)}
          onClose={() => {
            addsGuest.value = false;
            box.current?.querySelector('input')?.focus();
          }}
        />
      ) : (
        <div class={styles.adding}>
          <button
            type="button"
            class={styles.add}
            data-testid="add-guest"
            onClick={() => {
              addsGuest.value = true;
            }}
          >
            <PlusIcon />
            {t('guest.open')}
          </button>
        </div>
      )}
    </div>
  );
}
