import { useEffect, useMemo, useRef } from 'preact/hooks';
import { createForm } from '../../../view/home/form.ts';
import { Button } from '../../controls/Button.tsx';
import { useHome } from '../context.ts';
import { TextField } from '../Field.tsx';
import styles from './Form.module.css';

type Props = {
  onAdd: (guest: { name: string; email: string | null }) => void;
  /** Whether something is typed that is not added yet. */
  onDraft: (isDraft: boolean) => void;
  onClose: () => void;
};

/** Somebody from outside. Not a form of its own: it stands inside one. */
export function GuestForm({ onAdd, onDraft, onClose }: Props) {
  const { t } = useHome();
  const box = useRef<HTMLDivElement>(null);
  const first = () => box.current?.querySelector('input')?.focus();
  useEffect(() => {
    first();
  }, []);
  const make = () =>
    createForm<{ name: string; email: string }>({
      initial: { name: '', email: '' },
      check: ({ name, email }) => ({
        ...(name.trim() === '' && { name: { key: 'user.nameMissing' } }),
        ...(email.trim() !== '' && !/^\S+@\S+$/.test(email.trim()) && { email: { key: 'user.emailInvalid' } }),
      }),
      send: async () => undefined,
    });
  const form = useMemo(make, []);
  const { name, email } = form.values.value;
  const isDraft = name.trim() !== '' || email.trim() !== '';
  useEffect(() => {
    onDraft(isDraft);
    return () => onDraft(false);
  }, [isDraft]);
  const refusals = form.refusals.value;
  useEffect(() => {
    if (refusals > 0) box.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [refusals]);

  async function add(): Promise<void> {
    if (!(await form.submit())) return;
    const { name, email } = form.values.peek();
    onAdd({ name: name.trim(), email: email.trim() || null });
    form.set('name', '');
    form.set('email', '');
    first();
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the inputs in it.
    <div
      ref={box}
      class={styles.guest}
      onKeyDown={(event) => {
        if (event.isComposing) return;
        if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
          // Adds this person; the form around is not sent.
          event.preventDefault();
          void add();
        } else if (event.key === 'Escape') {
          event.preventDefault();
          event.stopPropagation();
          onClose();
        }
      }}
    >
      <TextField
        form={form}
        name="name"
        label={t('guest.name')}
        testId="guest-name"
        autocomplete="off"
        maxLength={100}
      />
      <TextField
        form={form}
        name="email"
        label={t('guest.email')}
        testId="guest-email"
        type="email"
        autocomplete="off"
        maxLength={200}
      />
      <Button data-testid="guest-add" onClick={() => void add()}>
        {t('guest.add')}
      </Button>
    </div>
  );
}
