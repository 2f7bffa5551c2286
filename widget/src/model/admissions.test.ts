import { expect, test } from 'vitest';
import { createAdmissions } from './admissions.ts';

test('a code that opened a room for a page is checked again in another session', async () => {
  const sent: unknown[] = [];
  let resumeToken = 'first';
  const client = {
    send: async (...call: unknown[]) => {
      sent.push(call);
      return { result: 0, room: { id: 7 }, meeting: { startTime: '2026-05-04T03:02:01.000Z' } };
    },
    welcome: async () => ({ resumeToken }) as never,
  };
  const admissions = createAdmissions(client);
  await admissions.ask({ inviteCode: 1234567890 });
  await admissions.within(7, async () => {});
  expect(sent).toHaveLength(1);
  resumeToken = 'second';
  await admissions.within(8, async () => {});
  expect(sent).toHaveLength(1);
  await admissions.within(7, async () => expect(sent).toHaveLength(2));
  expect(sent[1]).toEqual(['appointment.getRoomByInviteCode', { inviteCode: 1234567890 }]);
});
