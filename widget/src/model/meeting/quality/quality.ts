import { createModel } from '@preact/signals';
import { laterModel } from '../../laterModel.ts';
import type { Lines } from './lines.ts';

/** Loads what judges the quality of the user's line, which the screen of the meeting does. */
export const Quality = createModel((deps: ConstructorParameters<typeof Lines>[0]) => {
  const { made, load } = laterModel(async () => new (await import('./lines.ts')).Lines(deps));
  return { lines: made, load };
});
