import { createModel } from '@preact/signals';
import { laterModel } from '../../laterModel.ts';
import type { Lines } from './lines.ts';
import { Poor } from './poor.ts';

type Deps = ConstructorParameters<typeof Poor>[0] & Omit<ConstructorParameters<typeof Lines>[0], 'judge'>;

/** Which directions of the user's line are poor; loads what judges its quality in this browser, which the screen of the meeting does. */
export const Quality = createModel((deps: Deps) => {
  const { directions, judge } = new Poor(deps);
  const { made, load } = laterModel(async () => new (await import('./lines.ts')).Lines({ ...deps, judge }));
  return { poor: directions, lines: made, load };
});
