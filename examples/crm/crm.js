import { createPhone, presenceOf } from '/phone.js';
import { $, avatar, button, createBackEnd, createSignIn, createStage, make, say } from '/site.js';
import { rowOf, unansweredOf } from './activityView.js';

const ask = createBackEnd('/crm/api');

export const start = async (RTCPeer, host) => {
  let contacts = [];
  let chosen;
  /** The meeting that takes place here: with whom, and the link to it. */
  let current;
  const presence = new Map();

  const stage = createStage(RTCPeer, host, ask, (isOpen) => {
    $('stage').hidden = !isOpen;
  });
  const phone = createPhone(RTCPeer, host, ask, {
    onPresence(users) {
      for (const facts of users) presence.set(facts.userId, facts);
      show();
    },
    // What came of a call is told by the back end.
    onCall: () => {},
  });

  const meet = async ({ id }) => {
    const meeting = await ask('POST', `contacts/${id}/meeting`);
    current = { id, link: meeting.link };
    await stage.open(meeting);
    await refresh();
  };
  const hangUp = async () => {
    current = undefined;
    await stage.close();
    show();
  };

  /** Contacts who are on the platform are called; the others get a link. */
  const actionsFor = (contact) => {
    const { id, userId } = contact;
    if (current?.id === id)
      return [
        button(say('Leave meeting', '离开会议'), hangUp),
        button(say('Copy the contact’s link', '复制联系人的链接'), () => navigator.clipboard.writeText(current.link)),
      ];
    const link = button(say('Send meeting link', '发送会议链接'), () => meet(contact), userId ? '' : 'primary');
    if (!userId) return [link];
    return [
      button(say('Call', '呼叫'), () => phone.call({ userId, data: id }), 'primary'),
      button(say('Video call', '视频呼叫'), () => phone.call({ userId, data: id, video: true })),
      link,
    ];
  };

  const presenceText = ({ userId }) => (userId ? presenceOf(presence.get(userId)) : ['none', '']);
  const item = (contact) => {
    const { id, name, company } = contact;
    const missed = unansweredOf(contact.activity);
    const made = button('', () => choose(id), 'person');
    made.append(avatar(name), make('span', {}, name), make('small', {}, company));
    if (missed) made.append(make('span', { className: 'badge', title: say('Missed calls', '未接来电') }, missed));
    made.ariaPressed = String(id === chosen);
    Object.assign(made.dataset, { contact: id, presence: presenceText(contact)[0] });
    return made;
  };

  const card = (contact) => {
    const { name, title, company, email, phone: number } = contact;
    const [state, text] = presenceText(contact);
    return [
      make(
        'div',
        { className: 'person', dataset: { presence: state } },
        avatar(name),
        make('h2', { id: 'name' }, name),
        make(
          'p',
          {},
          say(`${title}, ${company}`, `${company} ${title}`),
          make('span', { className: 'presence' }, text),
        ),
      ),
      make('p', { className: 'facts' }, make('span', {}, email), make('span', {}, number)),
      make('div', { className: 'actions' }, ...actionsFor(contact)),
    ];
  };

  const show = () => {
    const focused = document.activeElement?.dataset.contact;
    $('contacts').replaceChildren(...contacts.map(item));
    if (focused) document.querySelector(`[data-contact="${focused}"]`)?.focus();
    const contact = contacts.find(({ id }) => id === chosen);
    if (!contact) return;
    $('card').replaceChildren(...card(contact));
    $('activity').replaceChildren(...rowsOf(contact));
  };
  const rowsOf = ({ activity, mails }) => {
    const rows = [...activity, ...mails.map((mail) => ({ ...mail, kind: 'mail' }))]
      .sort((one, other) => other.at.localeCompare(one.at))
      .map((one) => rowOf(one, play));
    return rows.length ? rows : [make('p', {}, say('Nothing yet.', '还没有记录。'))];
  };
  /** Over the page: the rows are made anew whenever something happens. */
  const play = async ({ recordId }) => {
    const { address } = await ask('POST', `contacts/${chosen}/recordings`, { recordId });
    const film = make('video', { src: address, controls: true, autoplay: true, ariaLabel: say('Recording', '录制') });
    const dialog = make(
      'dialog',
      { className: 'film' },
      film,
      button(say('Close', '关闭'), () => dialog.close()),
    );
    dialog.addEventListener('close', () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  };
  const choose = (id) => {
    chosen = id;
    show();
    if (innerWidth < 720) $('card').scrollIntoView();
  };
  const refresh = async () => {
    contacts = await ask('GET', 'contacts');
    show();
    await phone.watch(userIds());
  };
  const userIds = () => contacts.flatMap(({ userId }) => userId ?? []);
  const refreshQuietly = () => refresh().catch(console.error);

  let changes;
  // A contact may have come to the platform meanwhile.
  addEventListener('focus', () => changes && refreshQuietly());
  await createSignIn(ask, async (me) => {
    changes?.close();
    changes = undefined;
    current = undefined;
    await Promise.all([stage.close(), phone.close()]);
    if (!me) return;
    await refresh();
    chosen ??= contacts[0].id;
    show();
    changes = new EventSource('/crm/api/changes');
    changes.onmessage = refreshQuietly;
    await phone.open(userIds());
  });
};
