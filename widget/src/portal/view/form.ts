import { RTCPeerError } from '@meetframe/contract';
import { batch, type ReadonlySignal, signal } from '@preact/signals';
import { problemOf } from './problem.ts';
import type { PortalTextKey, Text } from './text.ts';

/** The problems, field by field; `form` is about the whole form. */
export type Complaints<V> = Partial<Record<keyof V | 'form', Text>>;

type Described<V> = {
  name: keyof V & string;
  label: PortalTextKey;
  hint?: Text;
  testId: string;
  /** The name of this field in errors of the server, if it differs. */
  serverName?: string;
  /** The complaint about an empty text. */
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
  /** Without a label the value is shown. */
  options: readonly { value: string | number; label?: PortalTextKey }[];
  isDisabled?: boolean;
};
export type CheckField<V> = Described<V> & { kind: 'check' };
/** `own`: rendered by the screen. `username`: hidden, tells the browser's password manager whose password changes. */
type OwnField<V> = { kind: 'own' | 'username'; name: keyof V & string };
export type FormField<V> = TextField<V> | ChoiceField<V> | CheckField<V> | OwnField<V>;

export type FormDescription<V> = {
  /** In order; fields in an inner list are placed side by side. */
  fields: readonly (FormField<V> | readonly FormField<V>[])[];
  initial: V;
  /** Further checks before anything is sent. */
  check?: (values: V) => Complaints<V>;
  /** Sends the values. Returns complaints where the server refuses with a result and not with an error. */
  send: (values: V) => Promise<Complaints<V> | undefined>;
};

export type Form<V> = Pick<FormDescription<V>, 'fields'> & {
  values: ReadonlySignal<V>;
  complaints: ReadonlySignal<Complaints<V>>;
  busy: ReadonlySignal<boolean>;
  /** Counts refused attempts, so that a screen can move the focus to the first wrong field. */
  refusals: ReadonlySignal<number>;
  set<K extends keyof V>(field: K, value: V[K]): void;
  /** True when it was sent and accepted. Never rejects: see `complaints` for the problems. */
  submit(): Promise<boolean>;
};

/** A form with the texts of the dialog around it. */
export type DialogForm<V> = Form<V> & {
  testId: string;
  title: Text;
  /** Above the fields. */
  intro?: Text;
  /** On the button that sends. */
  action: (values: V) => PortalTextKey;
  /** Text of the notification after the form was sent; absent if the dialog goes on in another way. */
  done?: (values: V) => Text;
};

/**
 * The values that differ from the saved ones. Unchanged fields are not sent, because the form may not know their real value, and
 * another user may have changed them meanwhile.
 */
export const changesOf = <V extends object>(values: V, saved: V): Partial<V> =>
  Object.fromEntries(
    Object.entries(values).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(saved[name as keyof V])),
  ) as Partial<V>;

const isEmpty = (value: unknown, kind: string): boolean => (kind === 'password' ? value : String(value).trim()) === '';

/** A form: checked here first, then by the server, whose `details.field` names the wrong field. */
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
