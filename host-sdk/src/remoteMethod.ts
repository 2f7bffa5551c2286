export type Callback<R> = (value: R) => void;

/** One object, which may have a `callback` that is called once after success, with the value of the promise. */
export type WithCallback<I, R> =
  // The type that zod infers of an object without fields refuses every field, `callback` too.
  I extends Record<string, never>
    ? { callback?: Callback<R> | undefined }
    : I extends object
      ? I & { callback?: Callback<R> | undefined }
      : I;

type First<P extends readonly unknown[]> = P extends readonly [infer F, ...unknown[]] ? F : never;

type Arguments<I, R, P extends readonly unknown[]> =
  | (undefined extends I
      ? [input?: WithCallback<Exclude<I, undefined>, R> | First<P> | Callback<R>, callback?: Callback<R>]
      : [input: WithCallback<I, R> | First<P>, callback?: Callback<R>])
  | (P extends readonly [unknown, unknown, ...unknown[]] ? [...values: P, callback?: Callback<R>] : never);

/**
 * A method that runs in the frame. It takes one object `I` (none, where `I` may be `undefined`) or the plain values
 * `P`, and a `callback` in the object or after them. It rejects with an `RTCPeerError`.
 */
export type RemoteMethod<I, R, P extends readonly unknown[] = []> = (...given: Arguments<I, R, P>) => Promise<R>;
