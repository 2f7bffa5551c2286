import {
  type InvitationFacts,
  type InvitationStyle,
  invitationParts,
  spanText,
} from '@meetframe/contract/invitationText';

/** What the mail tells its recipient about the meeting. */
export type News = 'invited' | 'changed' | 'cancelled';

const words = {
  en: {
    titles: { invited: 'Invitation', changed: 'Updated invitation', cancelled: 'Cancelled' },
    changed: (name: string) => `${name} changed a meeting`,
    cancelled: (name: string) => `${name} cancelled a meeting`,
    colon: ': ',
    before: ' – ',
  },
  'zh-CN': {
    titles: { invited: '会议邀请', changed: '会议变更', cancelled: '会议取消' },
    changed: (name: string) => `${name} 更改了会议`,
    cancelled: (name: string) => `${name} 取消了会议`,
    colon: '：',
    before: ' ',
  },
} as const;

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => escapes[character] ?? '');

type Letter = { title: string; text: string; html: string };
type Told = { news: News; facts: InvitationFacts & { from: string }; description: string | null };

/** A mail about a meeting, as plain text and as HTML. Names and descriptions come from other users, so they are inserted as text only. */
export const letterOf = ({ news, facts, description }: Told, style: InvitationStyle): Letter => {
  const said = words[style.locale];
  const parts = invitationParts(facts, style);
  const heading = news === 'invited' ? parts.heading : said[news](facts.from);
  const isOn = news !== 'cancelled';
  const line = ([label, value]: readonly [string, string]) => `${label}${parts.colon}${value}`;
  const row = (label: string, value: string) =>
    `<tr><td style="padding:4px 16px 4px 0;color:#5b6472;vertical-align:top;white-space:nowrap">${escaped(label)}</td><td style="padding:4px 0" dir="auto">${value}</td></tr>`;
  const rows = [
    ...parts.facts.map(([label, value]) => row(label, escaped(value))),
    ...(isOn ? [row(parts.code[0], `<strong>${escaped(parts.code[1])}</strong>`)] : []),
  ];
  const href = escaped(parts.link[1]);
  return {
    title: `${said.titles[news]}${said.colon}${facts.name}${said.before}${spanText(facts.start, facts.end, style)}`,
    text: [
      heading,
      ...parts.facts.map(line),
      ...(isOn ? ['', line(parts.link), line(parts.code), parts.hint] : []),
      ...(description ? ['', description] : []),
      '',
    ].join('\n'),
    html: [
      `<!doctype html><html lang="${style.locale}"><body style="margin:0;padding:24px;font:15px/1.5 system-ui,sans-serif;color:#1b2430;background:#ffffff">`,
      `<h1 style="margin:0 0 16px;font-size:20px" dir="auto">${escaped(heading)}</h1>`,
      `<table role="presentation" style="border-collapse:collapse;font-size:15px">${rows.join('')}</table>`,
      isOn
        ? `<p style="margin:20px 0"><a href="${href}" style="display:inline-block;padding:12px 24px;border-radius:8px;color:#ffffff;background:#2457d6;text-decoration:none;font-weight:600">${escaped(parts.link[0])}</a></p><p style="margin:0 0 8px"><a href="${href}">${href}</a></p><p style="margin:0;color:#5b6472">${escaped(parts.hint)}</p>`
        : '',
      description ? `<p style="margin:20px 0 0;white-space:pre-wrap" dir="auto">${escaped(description)}</p>` : '',
      '</body></html>',
    ].join(''),
  };
};
