// @vitest-environment happy-dom
import { signal } from '@preact/signals';
import { render } from 'preact';
import { useRef } from 'preact/hooks';
import { act } from 'preact/test-utils';
import { afterEach, expect, test, vi } from 'vitest';
import { useFocusKept } from './useFocusKept.ts';

const shown = signal<readonly string[]>([]);

function Region() {
  const region = useRef<HTMLDivElement>(null);
  useFocusKept(region);
  return (
    <>
      <button type="button" id="before" />
      <div ref={region}>
        {shown.value.map((name) => (
          <div key={name} id={name}>
            {name !== 'told' && <button type="button" />}
          </div>
        ))}
      </div>
      <main data-stage tabIndex={-1} id="stage" />
    </>
  );
}

const at = (id: string) => document.getElementById(id) as HTMLElement;
const press = (id: string) => at(id).querySelector('button')?.focus();
const mount = (...names: string[]): void => {
  shown.value = names;
  act(() => render(<Region />, document.body));
};
/** These are shown from now on; resolves with what has the focus then. */
const keep = async (...names: string[]): Promise<string | undefined> => {
  shown.value = names;
  await vi.waitFor(() => expect([...document.querySelectorAll('div > div')].map(({ id }) => id)).toEqual(names));
  await new Promise((done) => setTimeout(done));
  return document.activeElement?.id;
};
afterEach(() => render(null, document.body));

test('the next part with a button has the focus, not its button', async () => {
  mount('a', 'told', 'b', 'c');
  press('b');
  expect(await keep('a', 'told', 'c')).toBe('c');
  press('a');
  expect(await keep('told', 'c')).toBe('c');
});

test('after the last part the focus is where it came from', async () => {
  mount('a', 'told');
  at('before').focus();
  press('a');
  expect(await keep('told')).toBe('before');
});

test('where nothing had the focus before, the stage has it', async () => {
  mount('a');
  press('a');
  expect(await keep()).toBe('stage');
});

test('a part that goes without the focus takes it from nowhere', async () => {
  mount('a', 'b');
  press('a');
  at('before').focus();
  expect(await keep('b')).toBe('before');
  at('before').blur();
  expect(await keep()).toBe('');
});
