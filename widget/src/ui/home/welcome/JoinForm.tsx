import { useMemo } from 'preact/hooks';
import { createForm } from '../../../view/home/form.ts';
import { Button } from '../../controls/Button.tsx';
import { useHome } from '../context.ts';
import { settle } from '../enter.ts';
import { TextField } from '../Field.tsx';
import { Complaint, useRefusals } from '../FormDialog.tsx';
import styles from './Welcome.module.css';

/** Joins by an invite code, a room number or a whole invite link. */
export function JoinForm() {
  const { t, home, format } = useHome();
  const form = useMemo(
    () =>
      createForm<{ typed: string }>({
        initial: { typed: '' },
        check: ({ typed }) => (typed.trim() === '' ? { typed: { key: 'join.missing' } } : {}),
        async send({ typed }) {
          const entered = await home.entrance.type(typed);
          const why = entered ? settle(entered, format) : ({ key: 'join.invalid' } as const);
          return why && { typed: why };
        },
      }),
    [home, format],
  );
  const element = useRefusals(form);
  const isBusy = form.busy.value;
  return (
    <form
      ref={element}
      class={styles.join}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void form.submit();
      }}
    >
      <TextField
        form={form}
        name="typed"
        label={t('join.label')}
        placeholder={t('join.placeholder')}
        testId="join-code"
        autocomplete="off"
        maxLength={300}
        beside={
          <Button type="submit" data-testid="join" disabled={isBusy} aria-busy={isBusy}>
            {t('join.action')}
          </Button>
        }
      />
      <Complaint form={form} />
    </form>
  );
}
