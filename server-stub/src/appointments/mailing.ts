import type { MailOutbox, NewMail } from '../mail/outbox.ts';
import type { MailSettings } from '../mailSettings.ts';
import { isMailAddress } from '../mailSettings.ts';
import type { Store } from '../store/store.ts';
import type { Throttles } from '../throttle/throttles.ts';
import type { UserRow } from '../users/tables.ts';
import { addressed } from './calendar.ts';
import { calendarOf, factsOf, type Subject, styleOf } from './calendarFile.ts';
import { letterOf, type News } from './letters.ts';
import { findSeries } from './series.ts';

const day = 24 * 3600;

export type Listed = { userId: number | null; name: string; email: string | null; isMailed?: number };
/** `written`: the address given in the list of members; if there is none, the address is that of the account. */
type Person = { name: string; address: string; userId: number | null; written: string | null };
type Wanted = {
  asker: UserRow;
  companyId: number | null;
  /** False: no mails are sent. */
  notify?: boolean | undefined;
  before: readonly Listed[];
  after: readonly Listed[];
  /** True when people who were invited before must be told of the change. */
  isNews: boolean;
};
/** The mails to send. `unsent`: number of people with an address who get none. */
export type MailPlan = { asker: UserRow; letters: readonly (Person & { news: News })[]; unsent: number };
export type MailCount = { sent: number; unsent: number };

type Parts = { store: Store; outbox: MailOutbox; throttles: Throttles; config: MailSettings; origin(): string };

/** Invitations by mail. First {@link plan}, outside of a transaction, because it counts; then {@link write}, within that of the change. */
export const makeMailing = ({ store, outbox, throttles, config, origin }: Parts) => {
  const sends = config.SMTP_URL !== undefined;
  const limits = {
    user: throttles.limit('mail.user', [config.MAILS_PER_USER, day]),
    company: throttles.limit('mail.company', [config.MAILS_PER_COMPANY, day]),
    address: throttles.limit('mail.address', [config.MAILS_PER_ADDRESS, day]),
  };

  /** Members with an address, by address: the given one, otherwise that of the account. The user who makes the change gets no mail. */
  const reachable = async (
    members: readonly Listed[],
    asker: UserRow,
  ): Promise<Map<string, Person & { knows: boolean }>> => {
    const ids = members.flatMap(({ userId, email }) => (userId !== null && !email ? [userId] : []));
    const accounts = ids.length
      ? await store
          .selectFrom('user')
          .select(['id', 'email'])
          .where('id', 'in', ids)
          .where('deletedAt', 'is', null)
          .execute()
      : [];
    const ofAccount = new Map(accounts.map(({ id, email }) => [id, email]));
    const people = members.flatMap(({ userId, name, email, isMailed }) => {
      const address = (email ?? ofAccount.get(userId ?? 0) ?? '').trim();
      const isSelf = userId === asker.id || address.toLowerCase() === asker.email?.toLowerCase();
      return isSelf || !isMailAddress(address)
        ? []
        : [[address.toLowerCase(), { name, address, userId, written: email || null, knows: isMailed === 1 }] as const];
    });
    return new Map(people);
  };

  /** The mails of these that may be sent within the limits; none when the sender has sent too many. */
  const allowed = async <L extends Person>(letters: readonly L[], { asker, companyId }: Wanted): Promise<L[]> => {
    const taken = (taking: Promise<void>) =>
      taking.then(
        () => true,
        (error: { code?: string }) => {
          if (error.code !== 'THROTTLED') throw error;
          return false;
        },
      );
    if (letters.length === 0 || !sends) return [];
    if (!(await taken(limits.user.take(String(asker.id), letters.length)))) return [];
    if (!(await taken(limits.company.take(String(companyId ?? `user ${asker.id}`), letters.length)))) return [];
    const each = await Promise.all(letters.map(({ address }) => taken(limits.address.take(address.toLowerCase()))));
    return letters.filter((_, index) => each[index]);
  };

  const inviterOf = async (all: Store, { row }: Subject) =>
    row.ownerId === null
      ? undefined
      : await all
          .selectFrom('user')
          .leftJoin('company', 'company.id', 'user.companyId')
          .select(['user.name', 'user.email', 'company.contactOpened'])
          .where('user.id', '=', row.ownerId)
          .executeTakeFirst();

  const nextSequence = async (all: Store, { row, series }: Subject): Promise<number> => {
    const { sequence } = await all
      .updateTable(series ? 'appointment_series' : 'appointment')
      .set((now) => ({ sequence: now('sequence', '+', 1) }))
      .where('id', '=', series?.id ?? row.id)
      .returning('sequence')
      .executeTakeFirstOrThrow();
    return sequence;
  };

  const self = {
    sends,

    /** Decides who gets a mail about a change, and counts the mails against the limits. */
    async plan(wanted: Wanted): Promise<MailPlan> {
      const { asker, before, after, isNews, notify } = wanted;
      if (notify === false) return { asker, letters: [], unsent: 0 };
      const [knew, invited] = await Promise.all([reachable(before, asker), reachable(after, asker)]);
      const letters = [
        ...[...invited].flatMap(([key, person]) => {
          const news: News = knew.get(key)?.knows ? 'changed' : 'invited';
          return news === 'invited' || isNews ? [{ ...person, news }] : [];
        }),
        ...[...knew].flatMap(([key, person]) =>
          invited.has(key) || !(person.knows || after.length === 0) ? [] : [{ ...person, news: 'cancelled' as const }],
        ),
      ];
      const sendable = letters.filter(({ news, knows }) => news !== 'cancelled' || knows);
      const sent = await allowed(sendable, wanted);
      return { asker, letters: sent, unsent: letters.length - sent.length };
    },

    /** Stores the mails of a plan about an appointment, and marks the recipients as told in the member lists of these appointments. */
    async write(
      all: Store,
      { asker, letters }: MailPlan,
      { id, ids, isWhole }: { id: number; ids: readonly number[]; isWhole: boolean },
    ): Promise<void> {
      if (letters.length === 0) return;
      const row = await all.selectFrom('appointment').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
      const series = await findSeries(all, row);
      const subject: Subject = { row, series, isWhole: isWhole || !series };
      const [sequence, inviter, calendar] = [
        await nextSequence(all, subject),
        await inviterOf(all, subject),
        await calendarOf(all, subject, origin()),
      ];
      // As in the directory: the inviter's address is shown where the company opens its users' contacts.
      const replyTo = inviter?.contactOpened === 1 && isMailAddress(inviter.email ?? '') ? inviter.email : null;
      const organizer = { name: inviter?.name ?? asker.name, address: replyTo ?? config.MAIL_FROM?.address ?? '' };
      const facts = { ...factsOf(subject, origin()), from: asker.name };
      // Made once for all: the list may be long.
      const made = (news: News) => {
        const method = news === 'cancelled' ? ('CANCEL' as const) : ('REQUEST' as const);
        const letter = letterOf({ news, facts, description: row.description }, styleOf(subject));
        return { method, ...letter, content: calendar.text({ method, sequence, organizer }) };
      };
      const told = new Set(letters.map(({ news }) => news));
      const versions = new Map([...told].map((news) => [news, made(news)] as const));
      const about = { companyId: row.companyId, userId: asker.id, appointmentId: row.id };
      const mails = letters.flatMap(({ name, address, news }): NewMail[] => {
        const version = versions.get(news);
        if (!version) return [];
        const { title, text, html, method } = version;
        const content = addressed(version.content, { name, address, answers: replyTo !== null });
        const body = { name, text, html, calendar: { method, content }, replyTo };
        return [{ ...about, subject: `${calendar.uid} ${address.toLowerCase()}`, recipient: address, title, body }];
      });
      await outbox.add(all, mails);
      const invited = letters.filter(({ news }) => news === 'invited');
      const addresses = invited.flatMap(({ written }) => written ?? []);
      const accounts = invited.flatMap(({ written, userId }) => (written === null && userId !== null ? [userId] : []));
      await all
        .updateTable('appointment_member')
        .set({ isMailed: 1 })
        .where('appointmentId', 'in', ids)
        .where((member) =>
          member.or([
            ...(addresses.length ? [member('email', 'in', addresses)] : []),
            ...(accounts.length ? [member('userId', 'in', accounts)] : []),
          ]),
        )
        .execute();
    },

    /** Call it after the transaction. Answers to how many people mails are being sent. */
    send({ letters, unsent }: MailPlan): MailCount {
      if (letters.length > 0) outbox.notify();
      return { sent: letters.length, unsent };
    },

    /** Plans the mails for all appointments that are cancelled when a room is deleted; a series that is only in this room gives one mail. */
    async planRoom(roomId: number, asker: UserRow) {
      const coming = store.selectFrom('appointment').where('cancelledAt', 'is', null).where('endTime', '>', Date.now());
      const rows = await coming
        .select(['id', 'seriesId', 'companyId'])
        .where('roomId', '=', roomId)
        .orderBy('startTime')
        .execute();
      const ofSeries = [...new Set(rows.flatMap(({ seriesId }) => seriesId ?? []))];
      const others = ofSeries.length
        ? await coming.select('seriesId').where('seriesId', 'in', ofSeries).where('roomId', '!=', roomId).execute()
        : [];
      const elsewhere = new Set(others.map(({ seriesId }) => seriesId));
      const isWhole = (seriesId: number | null) => seriesId === null || !elsewhere.has(seriesId);
      const told = rows.filter(
        ({ seriesId }, index) =>
          seriesId === null || !isWhole(seriesId) || rows.findIndex((row) => row.seriesId === seriesId) === index,
      );
      return await Promise.all(
        told.map(async ({ id, companyId, seriesId }) => {
          const members = store.selectFrom('appointment_member').selectAll().where('appointmentId', '=', id);
          const plan = await self.plan({ asker, companyId, before: await members.execute(), after: [], isNews: true });
          return { plan, about: { id, ids: [id], isWhole: isWhole(seriesId) } };
        }),
      );
    },
  };
  return self;
};
export type Mailing = ReturnType<typeof makeMailing>;
