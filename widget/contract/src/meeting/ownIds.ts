import * as z from 'zod/mini';
import { looseId } from '../fields.ts';

/** Ids of the caller and its room, as pages written after the specification send them. The server does not need them. */
export const ownIds = { userId: z.optional(looseId), roomId: z.optional(looseId) };
