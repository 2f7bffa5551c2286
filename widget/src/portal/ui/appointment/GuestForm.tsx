import { useEffect, useMemo } from 'preact/hooks';
import { Button } from '../../../ui/controls/Button.tsx';
import { isComposing } from '../../../ui/isComposing.ts';
import { createGuestForm } from '../../view/appointment/schedule.ts';
import { usePortal } from '../context.ts';
import { Fields } from '../form/Fields.tsx';
import { useRefusals } from '../form/Form.tsx';
import styles from './Form.module.css';

type Props = {
  onAdd: (guest: { name: string; email: string | null }) => void;
  /** Whether a guest is typed but not added yet. */
  onDraft: (isDraft: boolean) => void;
  onClose: () => void;
};

/** A guest from outside the company. Not a `<form>`, because it is inside one. */
export function GuestForm({ onAdd, onDraft, onClose }: Props) {
  const { t } = usePortal();
  const form = useMemo(createGuestForm, []);
  const box = useRefusals<HTMLDivElement>(form);
  const first = () => box.current?.querySelector('input')?.focus();
  useEffect(() => {
    first();
  }, []);
  const { name, email } = form.values.value;
  const isDraft = name.trim() !== '' || email.trim() !== '';
  useEffect(() => {
    onDraft(isDraft);
    return () => onDraft(false);
  }, [isDraft]);

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
        if (isComposing(event)) return;
        if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
          // Adds this person; the surrounding form must not be submitted.
          event.preventDefault();
          void add();
        } else if (event.key === 'Escape') {
          event.preventDefault();
          event.stopPropagation();
          onClose();
        }
      }}
    >
      <Fields form={form} />
      <Button data-testid="guest-add" onClick={() => void add()}>
        {t('guest.add')}
      </Button>
    </div>
  );
}
