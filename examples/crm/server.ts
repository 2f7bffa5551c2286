import { createLogins, Refused, type Routes } from '../http.ts';
import type { PartnerUser, Platform } from '../platform.ts';
import { createOutbox } from './outbox.ts';
import { agentOf, agents, type Contact, contactOf, contacts } from './people.ts';

const invitation = (contact: Contact, agent: PartnerUser, link: string): string =>
  [
    `Dear ${contact.name},`,
    '',
    `${agent.name} would like to talk to you now, with video if you like.`,
    'This link opens the meeting in your browser; you need no account and no program:',
    '',
    link,
    '',
    'It works for an hour and is meant for you alone.',
  ].join('\r\n');

/** The CRM's back end: starts a meeting with a customer, and sends the customer the link. */
export const crmRoutes = (platform: Platform, outboxFile: string): Routes => {
  const outbox = createOutbox(outboxFile);
  const { find, who, login, logout } = createLogins<PartnerUser>('crm', '/crm/');
  const contactFor = (id: string | undefined): Contact => {
    const contact = contactOf(id);
    if (!contact) throw new Refused(404, 'There is no such contact.');
    return contact;
  };

  return {
    'GET /crm/api/people': () => ({ json: agents }),
    'POST /crm/api/login': async ({ body }) => {
      const agent = agentOf((await body()).account);
      if (!agent) throw new Refused(401, 'No agent has that name.');
      return { json: agent, cookie: login(agent) };
    },
    'POST /crm/api/logout': (call) => ({ cookie: logout(call) }),
    'GET /crm/api/me': (call) => ({ json: find(call) ?? null }),
    'GET /crm/api/contacts': (call) => {
      who(call);
      return { json: contacts };
    },
    'GET /crm/api/contacts/:id/mails': (call) => {
      who(call);
      return { json: outbox.to(contactFor(call.ids.id).email) };
    },

    // Section 2.33: a meeting from now on for an hour, with a room of its own that only its invite code opens to guests.
    'POST /crm/api/contacts/:id/meeting': async (call) => {
      const agent = who(call);
      const contact = contactFor(call.ids.id);
      const { SID, userId, orgId } = await platform.signOn(agent);
      const { roomId, inviteCode } = await platform.call('appointment', 'instantAppointment', {
        SID,
        userId,
        orgId,
        name: `${contact.company}: ${contact.name}`,
        isPublic: false,
      });
      const link = platform.guestLink(String(inviteCode), contact.name);
      outbox.send({
        from: `${agent.name} <${agent.account}@crm.example>`,
        to: contact.email,
        subject: `Video call with ${agent.name}`,
        text: invitation(contact, agent, link),
      });
      return { status: 201, json: { roomId, SID, link, name: agent.name } };
    },
    'GET /crm/api/sign': async (call) => {
      who(call);
      return { text: await platform.signForPage() };
    },

    // The call-back of section 6.2: only this back end may sign agents on, not a page with a sign.
    'POST /crm/confirm': async ({ body }) => {
      const { account, sign } = await body();
      const agent = agentOf(account);
      if (!agent || !platform.isOurs(sign)) throw new Refused(404, 'No account of ours.');
      return { json: { result: 0, account: agent.account, userName: agent.name, job: agent.job } };
    },
  };
};
