import { createPhone, outcomeOf, presenceOf } from '/phone.js';
import { $, avatar, button, make, momentOf, say } from '/site.js';

/** The directory: who is there, and the calls with them. */
export const createColleaguesView = (RTCPeer, host, ask) => {
  const phone = createPhone(RTCPeer, host, ask, {
    onPresence(users) {
      for (const facts of users) {
        const [name, text] = presenceOf(facts);
        const card = document.querySelector(`[data-user="${facts.userId}"]`);
        card.dataset.presence = name;
        card.querySelector('.presence').textContent = text;
      }
    },
    onCall: () => showLatest().catch(console.error),
  });
  const callButtons = (userId) => [
    button(say('Call', '呼叫'), () => phone.call({ userId }), 'primary'),
    button(say('Video call', '视频呼叫'), () => phone.call({ userId, video: true })),
  ];

  const card = ({ userId, name, job }) =>
    make(
      'article',
      { className: 'entry person', dataset: { user: userId, presence: 'offline' } },
      avatar(name),
      make('h2', {}, name),
      make('p', {}, job, ' · ', make('span', { className: 'presence' })),
      make('div', { className: 'actions' }, ...callButtons(userId)),
    );

  const showLatest = async () => {
    const { calls, unseen } = await phone.latest(20);
    // Missed calls are no longer new once the list is looked at.
    const isSeen = unseen > 0 && !$('colleagues').hidden && document.hasFocus();
    if (isSeen) await phone.markSeen();
    $('missed').textContent = unseen;
    $('missed').hidden = isSeen || unseen === 0;
    $('latest').replaceChildren(
      ...calls.map((call) =>
        make(
          'div',
          { className: call.missed ? 'row bad' : 'row', dataset: { call: call.callId } },
          make('span', { className: call.outgoing ? 'out' : 'in', ariaHidden: 'true' }),
          make('strong', {}, call.peer.name),
          make('span', {}, outcomeOf(call)),
          make('time', {}, momentOf(call.startTime)),
          button(say('Call back', '回拨'), () => phone.call({ userId: call.peer.id, video: call.type !== 1 })),
        ),
      ),
      ...(calls.length ? [] : [make('p', {}, say('No calls yet.', '还没有通话。'))]),
    );
  };
  const look = () => !$('missed').hidden && showLatest().catch(console.error);
  for (const event of ['hashchange', 'focus']) addEventListener(event, look);

  return {
    async open() {
      const colleagues = await ask('GET', 'colleagues');
      $('directory').replaceChildren(...colleagues.map(card));
      await phone.open(colleagues.map(({ userId }) => userId));
      await showLatest();
    },
    close: phone.close,
  };
};
