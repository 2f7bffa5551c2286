import { effect, signal } from '@preact/signals';
import { once } from '../once.ts';

/**
 * A model whose code is a chunk of its own. It is made once, by the first `load`; when that fails, the next one tries again. Called
 * while another model is made, and ends with that one.
 */
export const laterModel = <Model extends Disposable>(make: () => Promise<Model>) => {
  const made = signal<Model | undefined>(undefined);
  let isOver = false;
  effect(() => () => {
    isOver = true;
    made.peek()?.[Symbol.dispose]();
  });
  return {
    made,
    load: once(async () => {
      const model = await make();
      made.value = model;
      if (isOver) model[Symbol.dispose]();
      return model;
    }),
  };
};
