import { $, attempt, createBackEnd, createSignIn, createStage, initials, make } from '/site.js';

const ask = createBackEnd('/crm/api');
const momentOf = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

export const start = async (RTCPeer, host) => {
  const stage = createStage(RTCPeer, host, ask);
  let current;

  const mailsOf = async (contact) => {
    const mails = await ask('GET', `contacts/${contact.id}/mails`);
    return mails.map(({ at, from, to, subject, text }) =>
      make(
        'details',
        {},
        make('summary', {}, `Mail sent ${momentOf.format(new Date(at))}`),
        make('pre', {}, `From: ${from}\nTo: ${to}\nSubject: ${subject}\n\n${text}`),
      ),
    );
  };

  const meet = async (contact) => {
    const meeting = await ask('POST', `contacts/${contact.id}/meeting`);
    current = { contact, link: meeting.link };
    await stage.open(meeting);
    await show();
  };
  const hangUp = async () => {
    current = undefined;
    await stage.close();
    await show();
  };

  const button = (text, action, className = '') => {
    const made = make('button', { type: 'button', className }, text);
    made.addEventListener('click', async () => {
      made.disabled = true;
      await attempt(action);
      made.disabled = false;
    });
    return made;
  };

  const card = async (contact) => {
    const isCurrent = current?.contact.id === contact.id;
    const element = make(
      'article',
      { className: 'entry', ariaCurrent: String(isCurrent) },
      make(
        'div',
        { className: 'contact' },
        initials(contact.name),
        make('h3', {}, contact.name),
        make('p', {}, `${contact.title}, ${contact.company}`),
      ),
      make('p', {}, contact.email),
      make('p', {}, contact.phone),
      make(
        'div',
        { className: 'actions' },
        ...(isCurrent
          ? [
              button('Hang up', hangUp),
              button('Copy the customer’s link', () => navigator.clipboard.writeText(current.link)),
            ]
          : [button('Start video call', () => meet(contact), 'primary')]),
      ),
      make('div', { className: 'mails' }, ...(await mailsOf(contact))),
    );
    element.dataset.contact = contact.id;
    return element;
  };

  const show = async () =>
    $('contacts').replaceChildren(...(await Promise.all((await ask('GET', 'contacts')).map(card))));

  await createSignIn(ask, async (person) => {
    current = undefined;
    await stage.close();
    if (person) await attempt(show);
  });
};
