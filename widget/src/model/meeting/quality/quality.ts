import { createModel } from '@preact/signals';
import { laterModel } from '../../laterModel.ts';
import type { Lines } from './lines.ts';
import { Poor } from './poor.ts';

type Deps = ConstructorParameters<typeof Poor>[0] & Omit<ConstructorParameters<typeof Lines>[0], 'judge'>;

/** The directions of the user's connection that are poor. `load`, which the screen of the meeting calls, loads the code that judges the quality in this browser. */
export const Quality = createModel((deps: Deps) => {
  const { directions, judge } = new Poor(deps);
  const { made, load } = laterModel(async () => new (await import('./lines.ts')).Lines({ ...deps, judge }));
  return { poor: directions, lines: made, load };
});
