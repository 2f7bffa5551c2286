import * as z from 'zod/mini';

/** State of the widget's connection to the platform. */
export const connection = z.enum(['idle', 'connecting', 'connected', 'reconnecting', 'failed']);
export type Connection = z.output<typeof connection>;

/** Screens of the widget. */
export const screen = z.enum(['idle', 'opening', 'closed', 'lobby', 'meeting', 'left', 'error']);
export type Screen = z.output<typeof screen>;
