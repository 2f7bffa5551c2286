import { RTCPeerError } from '@meetframe/contract';
import { batch, type ReadonlySignal, signal } from '@preact/signals';
import { problemOf } from './problem.ts';
import type { PortalTextKey, Text } from './text.ts';

/** What is wrong, field by field; `form` is about the whole. */
export type Complaints<V> = Partial<Record<keyof V | 'form', Text>>;

type Described<V> = {
  name: keyof V & string;
  label: PortalTextKey;
  hint?: Text;
  testId: string;
  /** The name that the server's answer has for this field, where it differs. */
  serverName?: string;
  /** What to say of a text that is empty. */
  missing?: PortalTextKey;
};
export type TextField<V> = Described<V> & {
  kind: 'text' | 'email' | 'tel' | 'password' | 'area';
  maxLength: number;
  autocomplete?: 'name' | 'email' | 'tel' | 'username' | 'current-password' | 'new-password';
  placeholder?: PortalTextKey;
  inputMode?: 'numeric';
  autocapitalize?: 'none';
  rows?: number;
};
export type ChoiceField<V> = Described<V> & {
  kind: 'select' | 'choice';
  /** Without a label the value is its own. */
  options: readonly { value: string | number; label?: PortalTextKey }[];
  isDisabled?: boolean;
};
export type CheckField<V> = Described<V> & { kind: 'check' };
/** `own`: drawn by the screen. `username`: hidden, tells the browser's password manager whose password changes. */
export type OwnField<V> = { kind: 'own' | 'username'; name: keyof V & string };
export type FormField<V> = TextField<V> | ChoiceField<V> | CheckField<V> | OwnField<V>;

export type FormDescription<V> = {
  /** In order; those in a list of their own stand side by side. */
  fields: readonly (FormField<V> | readonly FormField<V>[])[];
  initial: V;
  /** What else is wrong before anything is sent. */
  check?: (values: V) => Complaints<V>;
  /** Answers complaints where a refusal is a result and not an error. */
  send: (values: V) => Promise<Complaints<V> | undefined>;
};

export type Form<V> = Pick<FormDescription<V>, 'fields'> & {
  values: ReadonlySignal<V>;
  complaints: ReadonlySignal<Complaints<V>>;
  busy: ReadonlySignal<boolean>;
  /** Counts refused tries, so that a screen can bring the person to the first field that is wrong. */
  refusals: ReadonlySignal<number>;
  set<K extends keyof V>(field: K, value: V[K]): void;
  /** True when it was sent and taken. Never rejects: what was wrong stands in `complaints`. */
  submit(): Promise<boolean>;
};

/** A form with what the dialog around it says. */
export type DialogForm<V> = Form<V> & {
  testId: string;
  title: Text;
  /** Above the fields. */
  intro?: Text;
  /** On the button that sends. */
  action: (values: V) => PortalTextKey;
  /** What is notified when the form was sent; a dialog that goes on otherwise has none. */
  done?: (values: V) => Text;
};

const isEmpty = (value: unknown, kind: string): boolean => (kind === 'password' ? value : String(value).trim()) === '';

/** A form: checked here first, then by the server, whose `details.field` finds the field that it means. */
export const createForm = <V extends Record<string, unknown>>(description: FormDescription<V>): Form<V> => {
  const { fields, initial, check, send } = description;
  const values = signal(initial);
  const complaints = signal<Complaints<V>>({});
  const busy = signal(false);
  const refusals = signal(0);
  const all = fields.flat() as FormField<V>[];

  const refuse = (why: Complaints<V>): false => {
    batch(() => {
      complaints.value = why;
      refusals.value++;
      busy.value = false;
    });
    return false;
  };
  const missing = (): Complaints<V> => {
    const found: Complaints<V> = {};
    for (const field of all)
      if ('missing' in field && field.missing && isEmpty(values.peek()[field.name], field.kind))
        found[field.name] = { key: field.missing };
    return found;
  };
  const read = (error: unknown): Complaints<V> => {
    const { code, details } = RTCPeerError.from(error);
    // Such as `members.0.id`.
    const [named = ''] = String(details?.field ?? '').split('.');
    const renamed = all.find((field) => 'serverName' in field && field.serverName === named)?.name;
    const field = renamed ?? (named in values.peek() ? named : undefined);
    if (code !== 'INVALID_ARGUMENT' || field === undefined) return { form: problemOf(error) } as Complaints<V>;
    return { [field]: { key: 'home.field.invalid' } } as Complaints<V>;
  };

  return {
    fields,
    values,
    complaints,
    busy,
    refusals,
    set(field, value) {
      const { [field]: _, ...others } = complaints.peek();
      batch(() => {
        values.value = { ...values.peek(), [field]: value };
        complaints.value = others as Complaints<V>;
      });
    },
    async submit() {
      if (busy.peek()) return false;
      const found = { ...missing(), ...check?.(values.peek()) };
      if (Object.keys(found).length > 0) return refuse(found);
      batch(() => {
        busy.value = true;
        complaints.value = {};
      });
      try {
        const refused = await send(values.peek());
        if (refused && Object.keys(refused).length > 0) return refuse(refused);
        busy.value = false;
        return true;
      } catch (error) {
        return refuse(read(error));
      }
    },
  };
};
