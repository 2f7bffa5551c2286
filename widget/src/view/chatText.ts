import { bytesText } from './amounts.ts';
import type { ChatLine } from './chat.ts';
import type { Translate } from './i18n.ts';

type About = { title: string; locale: string; t: Translate };

/** The chat as a text to keep, and a name for its file. */
export const chatText = (
  lines: readonly ChatLine[],
  { title, locale, t }: About,
): { name: string; content: string } => {
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'full' });
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  const indent = (text: string): string => text.replace(/\r?\n/g, '\n    ');
  const nameOf = ({ isOwn, author, privateWith }: ChatLine): string => {
    const name = isOwn ? t('chat.you') : author;
    if (!privateWith) return name;
    return `${name} (${isOwn ? t('chat.privateTo', { name: privateWith.name }) : t('chat.privateToYou')})`;
  };
  const textOf = (line: ChatLine): string => {
    const { content, file, replyTo } = line;
    const said = file ? `[${file.name}, ${bytesText(file.size, locale)}]` : content;
    const quote = replyTo ? `> ${replyTo.name}: ${replyTo.content}\n` : '';
    return `${time.format(line.time)}  ${nameOf(line)}:\n    ${indent(`${quote}${said}`)}\n`;
  };
  const first = lines[0]?.time ?? Date.now();
  const date = new Date(first);
  const two = (value: number): string => String(value).padStart(2, '0');
  return {
    name: `chat-${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}.txt`,
    content: [`${title}\n${day.format(first)}\n`, ...lines.map(textOf)].join('\n'),
  };
};
