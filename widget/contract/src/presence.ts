import * as z from 'zod/mini';
import { id } from './beans/index.ts';
import { event, events, method, methods } from './define.ts';
import { looseId } from './fields.ts';
import { from, permit } from './may.ts';

const presence = z.object({
  userId: id,
  /** True while the user can be called on a device. */
  online: z.boolean(),
  /** True while at least one of the devices sends messages: its page is not frozen, and its connection is not lost. */
  awake: z.boolean(),
  /** True in an answered call or in a meeting. */
  busy: z.boolean(),
  /** Terminal types of these devices, such as `pc`. */
  devices: z.array(z.string()),
});
export type Presence = z.output<typeof presence>;

/** Who can be called at the moment. */
export const presenceMethods = methods({
  'presence.watch': method({
    spec: '+',
    page: 'watchPresence',
    summary:
      'Subscribe this device to changes of these users’ presence. It replaces the previous subscription; `[]` ends it. Answers their current presence; with `once: true` it only does that.',
    input: z.object({ userIds: z.array(looseId).check(z.maxLength(200)), once: z.optional(z.boolean()) }),
    output: z.object({ users: z.array(presence) }),
    pageGets: 'users',
    may: permit('user', from('user', 'nothing'), {
      note: 'colleagues, and all users for administrators of the platform; others are left out of the answer',
    }),
    overSocket: true,
    events: ['presence.changed'],
    since: '1.1',
  }),
});

export const presenceEvents = events({
  'presence.changed': event({
    spec: '+',
    page: 'presenceChanged',
    summary: 'The presence of users that this device watches changed.',
    payload: z.object({ users: z.array(presence) }),
    since: '1.1',
  }),
});
