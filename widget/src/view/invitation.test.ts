// @vitest-environment happy-dom
import { signal } from '@preact/signals';
import { afterEach, expect, test, vi } from 'vitest';
import { fakeApp, participant, snapshotOf } from '../model/testing.ts';
import { InvitationView } from './invitation.ts';
import { TitleView } from './title.ts';

afterEach(() => void vi.unstubAllGlobals());

const invitation = {
  ...{ roomId: 1012, name: 'Planned', inviteCode: null, isPublic: true, isHasPwd: false },
  ...{ startTime: null, endTime: null },
};
const entered = async (more: object) => {
  const { app, server } = fakeApp();
  server.answer('meeting.getInvitation', () => ({ ...invitation, ...more }));
  server.next(snapshotOf(1, [participant(2)]));
  await app.enter({ roomId: 1012 });
  const view = new InvitationView(app);
  await vi.waitFor(() => expect(view.isLoaded.value).toBe(true));
  return { app, server, view };
};

test('a room is passed on by its number, an appointment by its code and as a file for calendars', async () => {
  const room = (await entered({})).view;
  expect([room.number.value, room.isCode.value, room.calendarFile.value]).toEqual(['1012', false, undefined]);
  expect(room.link.value).toMatch(/#\/\?rd=1012$/);
  const times = { startTime: '2026-11-25T19:00:00.000Z', endTime: '2026-11-25T20:00:00.000Z' };
  const { view: planned, server } = await entered({ inviteCode: '1234567890', ...times });
  expect([planned.shownNumber.value, planned.isCode.value]).toEqual(['123 456 7890', true]);
  expect(planned.link.value).toMatch(/#\/\?code=1234567890$/);
  server.answer('appointment.getCalendarFile', () => ({ name: 'meeting.ics', content: 'BEGIN' }));
  expect(await planned.calendarFile.value?.()).toMatchObject({ content: 'BEGIN' });
});

test('a private room without a code says that only its members can come', async () => {
  expect((await entered({ isPublic: false })).view.isForMembers.value).toBe(true);
  expect((await entered({ isPublic: false, inviteCode: '1234567890' })).view.isForMembers.value).toBe(false);
});

test('without an answer of the server the number of the room is known all the same', async () => {
  const { app, server } = fakeApp();
  server.refuse('meeting.getInvitation', 'INTERNAL');
  server.next(snapshotOf(1));
  await app.enter({ roomId: 1012 });
  expect(new InvitationView(app).link.value).toMatch(/#\/\?rd=1012$/);
});

test('the title of the tab has the name of the meeting, unread messages, and whether a screen is shared', async () => {
  const { app, server } = await entered({});
  const unread = signal(0);
  const titles: (string | undefined)[] = [];
  new TitleView(app, { unread, write: (title) => void titles.push(title) });
  unread.value = 2;
  server.tell('meeting.roster', { roomId: 1012, joined: [], changed: [{ client: { id: 2 }, screen: true }], left: [] });
  expect(titles).toEqual(['Weekly', '(2) Weekly', '(2) ▶ Weekly']);
});
