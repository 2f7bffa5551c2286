import { expect, test } from 'vitest';
import { html, phrase, prose } from './markup.ts';

test('whatever is filled in is text', () => {
  expect(html`<p title="${'"<script>'}">${[`a & b`, html`<b>${'<i>'}</b>`, undefined, false, 1]}</p>`.markup).toBe(
    '<p title="&quot;&lt;script&gt;">a &amp; b<b>&lt;i&gt;</b>1</p>',
  );
});

test('paragraphs, code and bold come out of plain text, HTML does not', () => {
  expect(prose('A `code` <b>\n\n**B**').map(({ markup }) => markup)).toEqual([
    '<p>A <code>code</code> &lt;b&gt;</p>',
    '<p><strong>B</strong></p>',
  ]);
  expect(phrase('`x` <y>').markup).toBe('<code>x</code> &lt;y&gt;');
});
