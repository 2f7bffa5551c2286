// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import type { ChatLine } from './chat.ts';
import { chatText } from './chatText.ts';
import { translate } from './i18n.ts';
import './panelTexts.ts';

test('the saved chat names authors, recipients, quotes and files', () => {
  const line = (more: Partial<ChatLine>): ChatLine => ({
    ...{ id: 1, author: 'Ann', isOwn: false, content: 'one\ntwo', file: undefined, replyTo: undefined },
    ...{ time: new Date(2026, 10, 26, 9, 5).getTime(), isFirstOfGroup: true, privateWith: undefined },
    ...more,
  });
  const bob = { id: 2, name: 'Bob', hasLeft: false };
  const file = { id: 1, name: 'a.pdf', size: 1_500_000, type: 'application/octet-stream', link: '' };
  const lines = [
    line({}),
    line({ isOwn: true, content: 'secret', privateWith: bob }),
    line({ author: 'Bob', content: 'a.pdf', file, privateWith: bob }),
    line({ content: 'yes', replyTo: { id: 1, userId: 1, name: 'Bob', content: 'why?' } }),
  ];
  const { name, content } = chatText(lines, {
    ...{ title: 'Weekly', locale: 'en-GB' },
    t: (key, params) => translate('en', key, params),
  });
  expect(name).toBe('chat-2026-11-26.txt');
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full' }).format(lines[0]?.time);
  expect(content).toBe(`Weekly
${day}

09:05  Ann:
    one
    two

09:05  You (Private to Bob):
    secret

09:05  Bob (Private to you):
    [a.pdf, 1.5 MB]

09:05  Ann:
    > Bob: why?
    yes
`);
});
