import { expect, test } from 'vitest';
import { calendarFile } from './calendar.ts';

const entry = {
  uid: '12@meet.example',
  title: 'Plans; budget, and\nmore',
  link: 'https://meet.example/app/#/?code=1234567890',
  startTime: '2026-11-25T19:00:00.000Z',
  endTime: '2026-11-25T20:00:00.000Z',
};

test('a meeting becomes a file that calendars read: UTC times, escaped texts, lines that end with CRLF', () => {
  const file = calendarFile(entry, new Date('2026-11-01T00:00:00.000Z'));
  expect(file.split('\r\n')).toEqual([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//MeetFrame//Meeting//EN',
    'BEGIN:VEVENT',
    'UID:12@meet.example',
    'DTSTAMP:20261101T000000Z',
    'DTSTART:20261125T190000Z',
    'DTEND:20261125T200000Z',
    'SUMMARY:Plans\\; budget\\, and\\nmore',
    'LOCATION:https://meet.example/app/#/?code=1234567890',
    'URL:https://meet.example/app/#/?code=1234567890',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ]);
});

test('long lines are folded at 75 bytes, never inside a character', () => {
  const title = '会议'.repeat(60);
  const file = calendarFile({ ...entry, title });
  for (const line of file.split('\r\n')) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
  expect(file.replace(/\r\n /g, '')).toContain(`SUMMARY:${title}\r\n`);
});
