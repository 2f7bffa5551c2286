import { RTCPeerError } from '@meetframe/contract';
import { batch, type ReadonlySignal, signal } from '@preact/signals';
import { problemOf } from './problem.ts';
import type { Text } from './text.ts';

/** What is wrong, field by field; `form` is about the whole. */
export type Complaints<V> = Partial<Record<keyof V | 'form', Text>>;

export type Form<V> = {
  values: ReadonlySignal<V>;
  complaints: ReadonlySignal<Complaints<V>>;
  busy: ReadonlySignal<boolean>;
  /** Counts refused tries, so that a screen can bring the person to the first field that is wrong. */
  refusals: ReadonlySignal<number>;
  set<K extends keyof V>(field: K, value: V[K]): void;
  /** True when it was sent and taken. Never rejects: what was wrong stands in `complaints`. */
  submit(): Promise<boolean>;
};

/**
 * A form: checked here first, then by the server, whose `details.field` finds the field that it means.
 *
 * @param check complaints before anything is sent; none means: send
 * @param send answers complaints where a refusal is a result and not an error
 * @param fieldOf the form's field for the one that the server names, where they differ
 */
export const createForm = <V extends Record<string, unknown>>(options: {
  initial: V;
  check?: (values: V) => Complaints<V>;
  send: (values: V) => Promise<Complaints<V> | undefined>;
  fieldOf?: (field: string) => (keyof V & string) | undefined;
}): Form<V> => {
  const values = signal(options.initial);
  const complaints = signal<Complaints<V>>({});
  const busy = signal(false);
  const refusals = signal(0);
  const refuse = (why: Complaints<V>): false => {
    batch(() => {
      complaints.value = why;
      refusals.value++;
      busy.value = false;
    });
    return false;
  };
  const read = (error: unknown): Complaints<V> => {
    const { code, details } = RTCPeerError.from(error);
    const named = typeof details?.field === 'string' ? details.field : '';
    const field = options.fieldOf?.(named) ?? (named in values.peek() ? named : undefined);
    if (code !== 'INVALID_ARGUMENT' || field === undefined) return { form: problemOf(error) } as Complaints<V>;
    return { [field]: { key: 'home.field.invalid' } } as Complaints<V>;
  };
  return {
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
      const found = options.check?.(values.peek()) ?? {};
      if (Object.keys(found).length > 0) return refuse(found);
      batch(() => {
        busy.value = true;
        complaints.value = {};
      });
      try {
        const refused = await options.send(values.peek());
        if (refused && Object.keys(refused).length > 0) return refuse(refused);
        busy.value = false;
        return true;
      } catch (error) {
        return refuse(read(error));
      }
    },
  };
};
