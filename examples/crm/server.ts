import { join } from 'node:path';
import { createLogins, languageOf, Refused, type Routes } from '../http.ts';
import type { PartnerUser, Platform } from '../platform.ts';
import { isAuthentic } from '../webhook.ts';
import { createActivity } from './activity.ts';
import { createDirectory } from './directory.ts';
import { invitation } from './invitation.ts';
import { createOutbox } from './outbox.ts';
import { agentOf, agentsIn, type Contact, contactOf, contacts } from './people.ts';

/**
 * The CRM's back end: starts a meeting with a customer and sends the customer the link, and keeps what the platform tells of calls.
 *
 * @param folder for its files
 * @param webhookSecret with which the platform signs what it tells
 */
export const crmRoutes = (
  platform: Platform,
  { folder, webhookSecret }: { folder: string; webhookSecret: string },
): Routes => {
  const outbox = createOutbox(join(folder, 'crm-outbox.json'));
  const directory = createDirectory(platform);
  const activity = createActivity(join(folder, 'crm-activity.json'), directory);
  const { find, who, login, logout } = createLogins<PartnerUser>('crm', '/crm/');
  const contactFor = (id: string | undefined): Contact => {
    const contact = contactOf(id);
    if (!contact) throw new Refused(404, 'There is no such contact.', '没有这位联系人。');
    return contact;
  };

  return {
    'GET /crm/api/people': ({ headers }) => ({ json: agentsIn(languageOf(headers)) }),
    'POST /crm/api/login': async ({ body }) => {
      const agent = agentOf((await body()).account);
      if (!agent) throw new Refused(401, 'No agent has that name.', '没有这位客服。');
      return { json: agent, cookie: login(agent) };
    },
    'POST /crm/api/logout': (call) => ({ cookie: logout(call) }),
    'GET /crm/api/me': (call) => ({ json: find(call) ?? null }),
    'GET /crm/api/contacts': async (call) => {
      await directory.refresh(who(call));
      const language = languageOf(call.headers);
      return {
        json: contacts.map((contact) => ({
          ...contact,
          title: contact.title[language],
          userId: directory.userIdOf(contact),
          activity: activity.of(contact.id),
          mails: outbox.to(contact.email),
        })),
      };
    },
    /** Says that `contacts` has changed. */
    'GET /crm/api/changes': (call) => {
      who(call);
      return { stream: activity.onChange };
    },

    // Section 2.33: a meeting from now on for an hour, with a room of its own that only its invite code opens to guests.
    'POST /crm/api/contacts/:id/meeting': async (call) => {
      const agent = who(call);
      const contact = contactFor(call.ids.id);
      const { SID, userId, orgId } = await platform.signOn(agent);
      const { meetingId, roomId, inviteCode } = await platform.call('appointment', 'instantAppointment', {
        SID,
        userId,
        orgId,
        name: `${contact.company}: ${contact.name}`,
        isPublic: false,
      });
      activity.invited(contact.id, Number(meetingId));
      const link = platform.guestLink(String(inviteCode), contact.name);
      outbox.send({
        from: `${agent.name} <${agent.account}@tangent.example>`,
        to: contact.email,
        language: contact.language,
        ...invitation(contact, agent, link),
      });
      return { status: 201, json: { roomId, SID, link, name: agent.name } };
    },
    // Section 2.31, as the agent: who was in the call, or may see its meeting, plays its recording.
    'POST /crm/api/contacts/:id/recordings': async (call) => {
      const agent = who(call);
      const contact = contactFor(call.ids.id);
      const { recordId } = await call.body();
      const recording = activity.of(contact.id).find((each) => each.kind === 'recording' && each.recordId === recordId);
      const { SID } = await platform.signOn(agent);
      const { recordList } = await platform.call('record', 'getRecordByRange', {
        ...{ SID, pageNo: 0, pageSize: 200 },
        ...(recording && { startDate: recording.at, endDate: recording.at }),
      });
      const found = (recordList as { id: number; comment: string }[]).find(({ id }) => id === recordId);
      if (!recording || !found) throw new Refused(404, 'You may not play this recording.', '您无权播放此录制。');
      return { json: { address: platform.recordingAddress(found.comment) } };
    },
    // What the page needs for calls.
    'POST /crm/api/session': async (call) => {
      const { SID } = await platform.signOn(who(call));
      return { json: { SID } };
    },
    'GET /crm/api/sign': async (call) => {
      who(call);
      return { text: await platform.signForPage() };
    },

    // What the platform tells (docs/webhooks.md). Whoever else posts here is not believed.
    'POST /crm/webhook': async ({ headers, text }) => {
      const body = await text();
      if (!webhookSecret || !isAuthentic(webhookSecret, headers, body))
        throw new Refused(401, 'The signature is wrong.', '签名不正确。');
      activity.take(String(headers['webhook-id']), JSON.parse(body));
      return {};
    },

    // The call-back of section 6.2: only this back end may sign agents on, not a page with a sign.
    'POST /crm/confirm': async ({ body }) => {
      const { account, sign } = await body();
      const agent = agentOf(account);
      if (!agent || !platform.isOurs(sign)) throw new Refused(404, 'No account of ours.', '不是我们的账号。');
      return { json: { result: 0, account: agent.account, userName: agent.name, job: agent.job } };
    },
  };
};
