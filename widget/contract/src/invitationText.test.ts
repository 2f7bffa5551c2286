import { expect, test } from 'vitest';
import { grouped } from './grouped.ts';
import { type InvitationFacts, invitationText, repeatText } from './invitationText.ts';

const start = Date.UTC(2026, 10, 25, 11, 13);
const facts: InvitationFacts = {
  from: 'Alice',
  name: 'Review <b>',
  start,
  end: start + 3600_000,
  link: 'https://meet.example/app/#/?code=1234567890',
  inviteCode: '1234567890',
  page: 'https://meet.example/app/',
};
const series: NonNullable<InvitationFacts['series']> = {
  every: 'week',
  days: [1, 3],
  day: null,
  count: null,
  until: '2027-03-31',
};

test('codes are shown in groups; other text stays unchanged', () => {
  expect(grouped('1234567890')).toBe('123 456 7890');
  expect(grouped('77')).toBe('77');
});

test('an invitation says who invites, to what and when, and the ways to enter', () => {
  const text = invitationText(facts, { locale: 'en', region: 'en-GB', timeZone: 'Asia/Shanghai' });
  expect(text.split('\n')).toEqual([
    'Alice invites you to a meeting',
    'Topic: Review <b>',
    'Time: Wed, 25 Nov 2026, 19:13–20:13 (GMT+08:00)',
    '',
    'Join: https://meet.example/app/#/?code=1234567890',
    'Invite code: 123 456 7890',
    'You can also type the code at https://meet.example/app/',
  ]);
});

test('in Chinese it has the usual form, with full-width punctuation', () => {
  const text = invitationText({ ...facts, series }, { locale: 'zh-CN', timeZone: 'Asia/Shanghai' });
  expect(text.split('\n')).toEqual([
    'Alice 邀请您参加会议',
    '会议主题：Review <b>',
    '会议时间：2026/11/25 19:13-20:13 (GMT+08:00)',
    '重复周期：每周一、周三，至 2027年3月31日',
    '',
    '点击链接入会：https://meet.example/app/#/?code=1234567890',
    '会议号：123 456 7890',
    '也可以在 https://meet.example/app/ 输入会议号入会',
  ]);
});

test('how a meeting repeats is said in words', () => {
  const said = (rule: Partial<Parameters<typeof repeatText>[0]>) => {
    const whole = { ...series, until: null, days: [], ...rule };
    return [repeatText(whole, { locale: 'en', region: 'en-GB' }), repeatText(whole, { locale: 'zh-CN' })];
  };
  expect(said({ days: [1, 3, 5], until: '2027-03-31' })).toEqual([
    'Every week on Monday, Wednesday, and Friday, until 31 Mar 2027',
    '每周一、周三、周五，至 2027年3月31日',
  ]);
  expect(said({ every: 'month', day: 31, count: 6 })).toEqual(['Every month on day 31, 6 times', '每月31日，共 6 次']);
  expect(said({ every: 'day', count: 2 })).toEqual(['Every day, 2 times', '每天，共 2 次']);
  expect(said({ every: 'weekday', count: 2 })[1]).toBe('每个工作日（周一至周五），共 2 次');
});
