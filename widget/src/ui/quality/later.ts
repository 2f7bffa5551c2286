import type { AppModel } from '../../model/compose.ts';
import { later } from '../later.tsx';

export type QualitySignProps = {
  quality: AppModel['meeting']['quality'];
  /** The participant; `undefined`: the user's own line. */
  clientId: number | undefined;
  name: string;
};

/** A chunk of its own, fetched once a line has been measured. */
export const QualitySign = later<QualitySignProps>(() =>
  import('./QualitySign.tsx').then((chunk) => chunk.QualitySign),
);
