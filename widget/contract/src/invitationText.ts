import type { Series } from './beans/index.ts';
import { grouped } from './grouped.ts';
import type { Locale } from './look.ts';

/** What an invitation says. Times are milliseconds since 1970. */
export type InvitationFacts = {
  /** Who invites. */
  from?: string | undefined;
  name: string;
  start: number;
  end: number;
  link: string;
  inviteCode: string;
  /** Address of the page on which the code can be typed. */
  page: string;
  series?: Pick<Series, 'every' | 'days' | 'day' | 'count' | 'until'> | null | undefined;
};
/** Language, and time zone of the times (default: this machine’s). `region`: a more exact locale for dates, such as `en-GB`. */
export type InvitationStyle = { locale: Locale; timeZone?: string | undefined; region?: string | undefined };

const words = {
  en: {
    from: (name: string) => `${name} invites you to a meeting`,
    heading: 'Invitation to a meeting',
    colon: ': ',
    name: 'Topic',
    time: 'Time',
    repeats: 'Repeats',
    link: 'Join',
    code: 'Invite code',
    type: (page: string) => `You can also type the code at ${page}`,
    every: { day: 'Every day', weekday: 'Every weekday, Monday to Friday' },
    week: (days: string) => `Every week on ${days}`,
    month: (day: number) => `Every month on day ${day}`,
    count: (count: number) => `, ${count} times`,
    until: (day: string) => `, until ${day}`,
  },
  'zh-CN': {
    from: (name: string) => `${name} 邀请您参加会议`,
    heading: '会议邀请',
    colon: '：',
    name: '会议主题',
    time: '会议时间',
    repeats: '重复周期',
    link: '点击链接入会',
    code: '会议号',
    type: (page: string) => `也可以在 ${page} 输入会议号入会`,
    every: { day: '每天', weekday: '每个工作日（周一至周五）' },
    week: (days: string) => `每${days}`,
    month: (day: number) => `每月${day}日`,
    count: (count: number) => `，共 ${count} 次`,
    until: (day: string) => `，至 ${day}`,
  },
};

/** How a series repeats, as people say it. */
export const repeatText = (
  { every, days, day, count, until }: NonNullable<InvitationFacts['series']>,
  { locale, region = locale }: Pick<InvitationStyle, 'locale' | 'region'>,
): string => {
  const said = words[locale];
  // 2024 began on a Monday.
  const weekday = new Intl.DateTimeFormat(locale, { weekday: locale === 'en' ? 'long' : 'short', timeZone: 'UTC' });
  const names = days.map((each) => weekday.format(Date.UTC(2024, 0, each)));
  const list = locale === 'en' ? new Intl.ListFormat('en').format(names) : names.join('、');
  const rhythm =
    every === 'week'
      ? said.week(list)
      : every === 'month'
        ? said.month(day ?? 1)
        : said.every[every as 'day' | 'weekday'];
  const last =
    until && new Intl.DateTimeFormat(region, { dateStyle: 'medium', timeZone: 'UTC' }).format(Date.parse(until));
  return `${rhythm}${count === null ? '' : said.count(count)}${last ? said.until(last) : ''}`;
};

/** Day and times with the time zone, such as `Mon, 23 Nov 2026, 09:30–10:30 (GMT+08:00)`. */
export const spanText = (
  start: number,
  end: number,
  { locale, timeZone, region = locale }: InvitationStyle,
): string => {
  const zone = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  const offset = zone.formatToParts(start).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const isChinese = locale === 'zh-CN';
  const span = new Intl.DateTimeFormat(region, {
    ...(!isChinese && { weekday: 'short' }),
    year: 'numeric',
    month: isChinese ? '2-digit' : 'short',
    day: isChinese ? '2-digit' : 'numeric',
    hour: isChinese ? '2-digit' : 'numeric',
    minute: '2-digit',
    timeZone,
  });
  // Thin spaces around the dash and before `PM` are shown badly by mail programs and chats.
  const text = span
    .formatRange(start, end)
    .replace(/\u2009/g, '')
    .replace(/\u202f/g, ' ');
  return `${isChinese ? text.replace(/[–—]/g, '-') : text} (${offset})`;
};

/** The parts of an invitation, for a text or a page of a mail. */
export const invitationParts = (facts: InvitationFacts, style: InvitationStyle) => {
  const said = words[style.locale];
  return {
    colon: said.colon,
    heading: facts.from ? said.from(facts.from) : said.heading,
    facts: [
      [said.name, facts.name],
      [said.time, spanText(facts.start, facts.end, style)],
      ...(facts.series ? [[said.repeats, repeatText(facts.series, style)] as const] : []),
    ] as readonly (readonly [label: string, value: string])[],
    link: [said.link, facts.link] as const,
    code: [said.code, grouped(facts.inviteCode)] as const,
    hint: said.type(facts.page),
  };
};

/** An invitation as plain text, to be pasted into a chat or a mail. */
export const invitationText = (facts: InvitationFacts, style: InvitationStyle): string => {
  const { colon, heading, facts: about, link, code, hint } = invitationParts(facts, style);
  const line = ([label, value]: readonly [string, string]) => `${label}${colon}${value}`;
  return [heading, ...about.map(line), '', line(link), line(code), hint].join('\n');
};
