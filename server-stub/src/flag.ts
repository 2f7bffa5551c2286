import * as z from 'zod';

/** A switch in the environment: `true`, `false`, 1 or 0. */
export const flag = z.enum(['true', 'false', '1', '0']).transform((value) => value === 'true' || value === '1');
