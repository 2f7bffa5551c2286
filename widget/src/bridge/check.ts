import { expectation, type Issue, innermost, RTCPeerError, type Schema } from '@meetframe/contract';

/** Checks input against a schema; the error names the field and the expected value. */
export const check = <T>(schema: Schema, value: unknown, what: string): T => {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data as T;
  const issue = innermost(parsed.error.issues[0] as Issue);
  const unknown = issue.code === 'unrecognized_keys' ? String((issue.keys as string[])[0]) : undefined;
  const field = [...(issue.path ?? []), ...(unknown === undefined ? [] : [unknown])].map(String).join('.');
  const expected = unknown === undefined ? expectation(issue) : 'no such option';
  throw new RTCPeerError(
    'INVALID_ARGUMENT',
    `${what}: ${field || 'the argument'}: ${unknown === undefined ? `expected ${expected}` : 'unknown name'}.`,
    {
      field,
      expected,
    },
  );
};
