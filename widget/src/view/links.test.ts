import { expect, test } from 'vitest';
import { splitLinks } from './links.ts';

const links = (text: string) => splitLinks(text).flatMap(({ href }) => href ?? []);

test('addresses in a sentence are links, without what belongs to the sentence', () => {
  expect(splitLinks('See https://example.com/a?b=1#c, or (http://example.org/x_(y)).')).toEqual([
    { text: 'See ' },
    { text: 'https://example.com/a?b=1#c', href: 'https://example.com/a?b=1#c' },
    { text: ', or (' },
    { text: 'http://example.org/x_(y)', href: 'http://example.org/x_(y)' },
    { text: ').' },
  ]);
  expect(links('请点击https://meet.example/app/#/?code=123，谢谢')).toEqual(['https://meet.example/app/#/?code=123']);
});

test('all pieces together are the text', () => {
  for (const text of [
    '',
    'plain',
    'https://a.example',
    'a https://a.example b\nhttps://b.example.',
    'http://',
    '<b>x</b>',
  ])
    expect(
      splitLinks(text)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text);
});

test('nothing else is a link: no script, no hidden host, no invisible characters', () => {
  for (const text of [
    'javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'https://bank.example@evil.example/',
    'https://a:b@evil.example/',
    'file:///etc/passwd',
    'www.example.com',
    'http://',
  ])
    expect(links(text), text).toEqual([]);
  expect(links('https://example.com/\u202egnp.exe')).toEqual(['https://example.com/']);
  expect(links('https://example.com/"onmouseover="alert(1)')).toEqual(['https://example.com/']);
});
