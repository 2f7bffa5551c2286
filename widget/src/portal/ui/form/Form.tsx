import type { ButtonHTMLAttributes, ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Button } from '../../../ui/controls/Button.tsx';
import type { Form as FormModel } from '../../view/form.ts';

/** Moves the focus to the first field that is wrong after each refusal; gives the element that contains the fields. */
export function useRefusals<E extends HTMLElement>(form: Pick<FormModel<unknown>, 'refusals'>) {
  const element = useRef<E>(null);
  const refusals = form.refusals.value;
  useEffect(() => {
    if (refusals > 0) element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [refusals]);
  return element;
}

type Props<V> = {
  form: FormModel<V>;
  class: string | undefined;
  onDone?: () => void;
  children: ComponentChildren;
};

export function Form<V>({ form, class: className, onDone, children }: Props<V>) {
  return (
    <form
      ref={useRefusals<HTMLFormElement>(form)}
      class={className}
      noValidate
      onSubmit={async (event) => {
        event.preventDefault();
        if (await form.submit()) onDone?.();
      }}
    >
      {children}
    </form>
  );
}

type SubmitProps<V> = {
  form: FormModel<V>;
  testId: string;
  look?: 'primary' | 'danger';
  isWide?: boolean;
  children: ButtonHTMLAttributes['children'];
};

export function Submit<V>({ form, testId, ...rest }: SubmitProps<V>) {
  const isBusy = form.busy.value;
  return <Button type="submit" data-testid={testId} disabled={isBusy} aria-busy={isBusy} {...rest} />;
}
