import { useMemo } from 'preact/hooks';
import { createJoinForm } from '../../view/welcomeForms.ts';
import { usePortal } from '../context.ts';
import { followEntry } from '../enter.ts';
import { Fields } from '../form/Fields.tsx';
import { Form, Submit } from '../form/Form.tsx';
import styles from './Welcome.module.css';

/** Joins by an invite code, a room number or a whole invite link. */
export function JoinForm() {
  const { t, portal, format } = usePortal();
  const form = useMemo(() => createJoinForm(portal.entry, (entry) => followEntry(entry, format)), [portal, format]);
  const submit = (
    <Submit form={form} testId="join">
      {t('join.action')}
    </Submit>
  );
  return (
    <Form form={form} class={styles.join}>
      <Fields form={form} beside={submit} />
    </Form>
  );
}
