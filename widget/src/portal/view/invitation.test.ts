import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import { grouped, inviteLink, roomLink } from '../../view/invitation.ts';
import { createFormat } from './format.ts';
import { invitationText } from './invitation.ts';
import { createPortalTranslate } from './text.ts';

const page = 'https://meet.example/app/?x=1#/rooms';

test('links lead to the current page, and contain the code and nothing else', () => {
  expect(inviteLink(page, '1234567890')).toBe('https://meet.example/app/#/?code=1234567890');
  expect(roomLink(page, 1012)).toBe('https://meet.example/app/#/?rd=1012');
});

test('codes are shown in groups; other text stays unchanged', () => {
  expect(grouped('1234567890')).toBe('123 456 7890');
  expect(grouped('77')).toBe('77');
});

test('an invitation says who invites, to what and when, and the ways to enter', () => {
  const start = new Date(2026, 10, 23, 9, 30).getTime();
  const text = invitationText(
    { name: 'Review <b>', start, end: start + 3600_000, inviteCode: '1234567890' },
    { from: 'Alice', page },
    createPortalTranslate(signal('en')),
    createFormat('en-GB'),
  );
  const lines = text.split('\n');
  expect(lines.slice(0, 2)).toEqual(['Alice invites you to a meeting', 'Review <b>']);
  expect(lines[2]).toMatch(/^Mon, 23 Nov 2026, 09:30–10:30 \(.+\)$/);
  expect(lines.slice(4)).toEqual([
    'Invite link: https://meet.example/app/#/?code=1234567890',
    'Invite code: 123 456 7890',
  ]);
});
