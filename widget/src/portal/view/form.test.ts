import { RTCPeerError } from '@meetframe/contract';
import { expect, test, vi } from 'vitest';
import { createForm } from './form.ts';

const setUp = (
  send: (values: { name: string; seats: string }) => Promise<never | undefined> = async () => undefined,
) => {
  const spy = vi.fn(send);
  const form = createForm({
    fields: [
      { kind: 'text', name: 'name', label: 'user.name', testId: 'name', maxLength: 9, missing: 'user.nameMissing' },
      [{ kind: 'text', name: 'seats', serverName: 'numberLimit', label: 'rooms.name', testId: 'seats', maxLength: 9 }],
    ],
    initial: { name: '', seats: '1' },
    check: ({ seats }) => (seats === '0' ? { seats: { key: 'rooms.numberLimitInvalid' } } : {}),
    send: spy,
  });
  return { form, send: spy };
};

test('a missing value is reported before anything is sent, and the complaint is removed when it is typed', async () => {
  const { form, send } = setUp();
  expect(await form.submit()).toBe(false);
  expect(send).not.toHaveBeenCalled();
  expect(form.complaints.value).toEqual({ name: { key: 'user.nameMissing' } });
  expect(form.refusals.value).toBe(1);
  form.set('name', 'Ann');
  expect(form.complaints.value).toEqual({});
  form.set('seats', '0');
  expect(await form.submit()).toBe(false);
  expect(form.complaints.value).toEqual({ seats: { key: 'rooms.numberLimitInvalid' } });
  form.set('seats', '1');
  expect(await form.submit()).toBe(true);
  expect(send).toHaveBeenCalledWith({ name: 'Ann', seats: '1' });
});

test.each([
  ['name', 'name'],
  ['numberLimit', 'seats'],
  ['name.0.first', 'name'],
])('an error of the server about %s is shown at the field %s', async (field, own) => {
  const { form } = setUp(() => Promise.reject(new RTCPeerError('INVALID_ARGUMENT', 'no', { field })));
  form.set('name', 'Ann');
  expect(await form.submit()).toBe(false);
  expect(form.complaints.value).toEqual({ [own]: { key: 'home.field.invalid' } });
});

test.each([
  [new RTCPeerError('INVALID_ARGUMENT', 'no', { field: 'elsewhere' }), 'problem.INVALID_ARGUMENT'],
  [new RTCPeerError('FORBIDDEN', 'no', { field: 'name' }), 'problem.FORBIDDEN'],
  [new RTCPeerError('THROTTLED', 'no', { retryAfter: 3000 }), 'home.problem.throttled'],
  [new RTCPeerError('DISCONNECTED', 'no'), 'home.problem.DISCONNECTED'],
])('every other error is shown for the whole form: %s', async (error, key) => {
  const { form } = setUp(() => Promise.reject(error));
  form.set('name', 'Ann');
  expect(await form.submit()).toBe(false);
  expect(form.complaints.value.form?.key).toBe(key);
  expect(form.busy.value).toBe(false);
  expect(form.values.value.name).toBe('Ann');
});

test('is sent once, however often the user presses the button', async () => {
  let done = (_: undefined): void => {};
  const { form, send } = setUp(
    () =>
      new Promise((resolve) => {
        done = resolve;
      }),
  );
  form.set('name', 'Ann');
  const first = form.submit();
  expect(form.busy.value).toBe(true);
  expect(await form.submit()).toBe(false);
  done(undefined);
  expect(await first).toBe(true);
  expect(send).toHaveBeenCalledTimes(1);
});
