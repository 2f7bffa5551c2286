import type { Input, meeting, Output } from '@meetframe/contract';

export type Methods = typeof meeting;
/** The signalling that media needs, independent of its transport. */
export type Call = <K extends keyof Methods>(name: K, input: Input<Methods[K]>) => Promise<Output<Methods[K]>>;
