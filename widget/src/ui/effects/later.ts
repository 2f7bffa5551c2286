import { later } from '../later.tsx';

/** Fetched beside the lobby, which is there without it. */
export const EffectsButton = later(() => import('./EffectsButton.tsx').then((chunk) => chunk.EffectsButton));
