import type { TranscriptLine } from '@meetframe/contract/beans';
import { expect, test } from 'vitest';
import { transcriptFile } from './format.ts';

const client = { id: 1, name: 'Ann <CEO>', pictureurl: null, userId: null };
const lines: TranscriptLine[] = [
  { bg: '3723456', ed: '3725000', client, onebest: 'A < B & C', trans: { 'zh-CN': '甲小于乙' } },
  { bg: '3726000', ed: '3726001', client, onebest: '', lost: 'unreachable' },
];
const head = { name: 'Plan: a/b', startedAt: Date.UTC(2030, 0, 2) };
const file = (format: 'txt' | 'srt' | 'vtt' | 'json', lang?: string) => transcriptFile(head, lines, { format, lang });

test('[3.28] a transcript as text, as captions and as data', () => {
  expect(file('txt').content).toBe(
    'Plan: a/b\n2030-01-02T00:00:00.000Z\n\n[01:02:03] Ann <CEO>: A < B & C\n[01:02:06] Ann <CEO>: […]\n',
  );
  expect(file('srt').content).toBe(
    '1\n01:02:03,456 --> 01:02:05,000\nAnn <CEO>: A < B & C\n\n2\n01:02:06,000 --> 01:02:06,500\nAnn <CEO>: […]\n',
  );
  expect(file('vtt').content).toBe(
    'WEBVTT\n\n01:02:03.456 --> 01:02:05.000\n<v Ann &lt;CEO&gt;>A &lt; B &amp; C</v>\n\n01:02:06.000 --> 01:02:06.500\n<v Ann &lt;CEO&gt;>[…]</v>\n',
  );
  expect(JSON.parse(file('json').content)).toEqual({ name: 'Plan: a/b', startTime: '2030-01-02T00:00:00.000Z', lines });
  expect(file('txt', 'zh-CN').content).toContain('甲小于乙');
  expect(file('srt').fileName).toBe('Plan a b 2030-01-02.srt');
});
