import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createActivity } from './activity.ts';
import { contactOf } from './people.ts';

const folder = mkdtempSync(join(tmpdir(), 'meetframe-crm-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
const liNa = { id: 9, account: 'li.na', name: 'Li Na' };
const chenJie = { id: 7, account: 'chen.jie', name: 'Chen Jie' };
const directory = { contactWith: (userId: number) => (userId === liNa.id ? contactOf('li-na') : undefined) };
const newPath = (): string => join(folder, `${files++}.json`);

const call = { callId: 'c1', type: 1, roomId: 5, data: null, startTime: '2026-11-26T03:00:00.000Z' };
const meeting = { meetingId: 'm1', roomId: 6, appointmentId: 40, startTime: '2026-11-26T04:00:00.000Z' };

test('a call of an agent follows its messages, and one that comes again changes nothing', () => {
  const path = newPath();
  const activity = createActivity(path, directory);
  const about = { ...call, caller: chenJie, callee: liNa, data: 'li-na' };
  let changes = 0;
  activity.onChange(() => changes++);
  activity.take('1', { type: 'call.ringing', data: about });
  expect(activity.of('li-na')).toMatchObject([{ state: 'ringing', outgoing: true, agent: 'Chen Jie', video: false }]);
  activity.take('2', { type: 'call.answered', data: about });
  const ended = { type: 'call.ended', data: { ...about, reason: 'hungUp', duration: 65 } };
  activity.take('3', ended);
  activity.take('1', { type: 'call.ringing', data: about });
  activity.take('3', ended);
  expect(changes).toBe(3);
  // It is in the file, too.
  const [kept, ...others] = createActivity(path, directory).of('li-na');
  expect(kept).toMatchObject({ state: 'ended', reason: 'hungUp', duration: 65, missed: false });
  expect(others).toEqual([]);
});

test('a contact who calls is known by the id; calls of others are not kept, whatever contact they name', () => {
  const activity = createActivity(newPath(), directory);
  const missed = { ...call, caller: liNa, callee: chenJie, reason: 'noAnswer', duration: 0 };
  activity.take('1', { type: 'call.ended', data: missed });
  activity.take('2', { type: 'call.missed', data: missed });
  expect(activity.of('li-na')).toMatchObject([{ outgoing: false, missed: true, agent: 'Chen Jie' }]);
  const colleague = { id: 11, account: 'wang.wei', name: 'Wang Wei' };
  activity.take('3', { type: 'call.ringing', data: { ...call, callId: 'c2', caller: liNa, callee: colleague } });
  activity.take('4', {
    type: 'call.ringing',
    data: { ...call, callId: 'c3', caller: colleague, callee: chenJie, data: 'anna-berg' },
  });
  expect(activity.of('li-na')).toHaveLength(1);
  expect(activity.of('anna-berg')).toEqual([]);
});

test('a meeting by link says who came, and its recording, or that of a call, stands beside it', () => {
  const activity = createActivity(newPath(), directory);
  activity.invited('anna-berg', 40);
  const entered = (participant: { userId: number | null; name: string }) => ({
    type: 'meeting.entered',
    data: { ...meeting, participant },
  });
  activity.take('1', { type: 'meeting.started', data: meeting });
  activity.take('2', entered({ userId: 7, name: 'Chen Jie' }));
  activity.take('3', entered({ userId: null, name: 'Anna Berg' }));
  activity.take('4', { type: 'meeting.ended', data: { ...meeting, duration: 600 } });
  activity.take('5', { type: 'recording.ready', data: { ...meeting, recordId: 3, duration: 590 } });
  activity.take('6', { type: 'meeting.started', data: { ...meeting, meetingId: 'm2', appointmentId: 41 } });
  expect(activity.of('anna-berg')).toMatchObject([
    { kind: 'recording', duration: 590 },
    { kind: 'meeting', state: 'ended', guests: ['Anna Berg'], duration: 600 },
  ]);
  activity.take('7', { type: 'call.answered', data: { ...call, caller: liNa, callee: chenJie } });
  const recording = { ...meeting, appointmentId: null, roomId: 5, recordId: 4, duration: 30 };
  activity.take('8', { type: 'recording.ready', data: recording });
  expect(activity.of('li-na').map(({ kind }) => kind)).toEqual(['recording', 'call']);
});
