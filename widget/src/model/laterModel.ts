import { effect, signal } from '@preact/signals';

/**
 * A model whose code is a chunk of its own. It is made once, by the first `load`; when that fails, the next one tries again. Called
 * while another model is made, and ends with that one.
 */
export const laterModel = <Model extends Disposable>(make: () => Promise<Model>) => {
  const made = signal<Model | undefined>(undefined);
  let loading: Promise<Model> | undefined;
  let isOver = false;
  effect(() => () => {
    isOver = true;
    made.peek()?.[Symbol.dispose]();
  });
  return {
    made,
    load(): Promise<Model> {
      loading ??= make().then(
        (model) => {
          made.value = model;
          if (isOver) model[Symbol.dispose]();
          return model;
        },
        (error: unknown) => {
          loading = undefined;
          throw error;
        },
      );
      return loading;
    },
  };
};
