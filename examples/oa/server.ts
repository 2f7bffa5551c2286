import { createLogins, languageOf, Refused, type Routes } from '../http.ts';
import type { PartnerUser, Platform } from '../platform.ts';
import { createCalendar, type Entry, readDetails } from './calendar.ts';
import { createDirectory } from './directory.ts';
import { createMeetings } from './meetings.ts';
import { employeeOf, employeesIn } from './people.ts';

/** The OA's back end. Its pages speak with it and with the meeting's frame; only it speaks with the platform. */
export const oaRoutes = (platform: Platform, calendarFile: string): Routes => {
  const calendar = createCalendar(calendarFile);
  const directory = createDirectory(platform);
  const meetings = createMeetings(platform, calendar, directory);
  const { find, who, login, logout } = createLogins<PartnerUser>('oa', '/oa/');

  const shown = ({ meeting, ...entry }: Entry, { account }: PartnerUser) => ({
    ...entry,
    isOwn: entry.organiser === account,
    hasMeeting: meeting !== undefined,
  });

  return {
    'GET /oa/api/people': ({ headers }) => ({ json: employeesIn(languageOf(headers)) }),
    // Stands for the OA's own login, which has nothing to do with the platform.
    'POST /oa/api/login': async ({ body }) => {
      const employee = employeeOf((await body()).account);
      if (!employee) throw new Refused(401, 'No employee has that name.', '没有这位员工。');
      return { json: employee, cookie: login(employee) };
    },
    'POST /oa/api/logout': (call) => ({ cookie: logout(call) }),
    'GET /oa/api/me': (call) => ({ json: find(call) ?? null }),

    'GET /oa/api/entries': (call) => {
      const me = who(call);
      return { json: calendar.listFor(me).map((entry) => shown(entry, me)) };
    },
    'POST /oa/api/entries': async (call) => {
      const me = who(call);
      return { status: 201, json: shown(calendar.add(me, readDetails(await call.body())), me) };
    },
    'PUT /oa/api/entries/:id': async (call) => {
      const me = who(call);
      const entry = calendar.findOwn(call.ids.id, me);
      calendar.change(entry, readDetails(await call.body()));
      await meetings.changed(entry);
      return { json: shown(entry, me) };
    },
    'DELETE /oa/api/entries/:id': async (call) => {
      const entry = calendar.findOwn(call.ids.id, who(call));
      if (!(await meetings.cancel(entry))) throw new Refused(409, 'The meeting is going on.', '会议正在进行。');
      calendar.remove(entry);
      return {};
    },

    // What the page needs for the meeting: the room and the user's session. The secret stays here.
    'POST /oa/api/entries/:id/meeting': async (call) => {
      const me = who(call);
      const { roomId, SID, name } = await meetings.open(calendar.find(call.ids.id, me), me.account);
      return { json: { roomId, SID, name } };
    },
    // What it needs for calls: colleagues by their user ids on the platform, and the user's session.
    'GET /oa/api/colleagues': async (call) => {
      const { account: mine } = who(call);
      const others = employeesIn(languageOf(call.headers)).filter(({ account }) => account !== mine);
      return {
        json: await Promise.all(
          others.map(async (each) => ({ ...each, userId: await directory.userIdOf(each.account) })),
        ),
      };
    },
    'POST /oa/api/session': async (call) => {
      const { SID } = await platform.signOn(who(call));
      return { json: { SID } };
    },
    'GET /oa/api/sign': async (call) => {
      who(call);
      return { text: await platform.signForPage() };
    },

    // The call-back of section 6.2: the platform asks whether an account is one of ours before it signs it on.
    'POST /oa/confirm': async ({ body }) => {
      const { account, sign } = await body();
      const employee = employeeOf(account);
      if (!employee || !platform.isOurs(sign)) throw new Refused(404, 'No account of ours.', '不是我们的账号。');
      return { json: { result: 0, account: employee.account, userName: employee.name, job: employee.job } };
    },
  };
};
