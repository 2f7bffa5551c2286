import { later } from '../later.tsx';

const load = () => import('./EffectsButton.tsx');

/** Fetched beside the lobby, which is there without it. */
export const EffectsButton = later(() => load().then((chunk) => chunk.EffectsButton));
export const EffectsDialog = later(() => load().then((chunk) => chunk.EffectsDialog));
