import { $, createBackEnd, createSignIn, createStage } from '/site.js';
import { createCalendarView } from './calendarView.js';
import { createColleaguesView } from './colleaguesView.js';

const ask = createBackEnd('/oa/api');

/** The view that the address names. */
const show = () => {
  const wanted = location.hash === '#colleagues' ? 'colleagues' : 'calendar';
  for (const id of ['calendar', 'colleagues']) $(id).hidden = id !== wanted;
  for (const link of document.querySelectorAll('.views a'))
    link.ariaCurrent = link.hash === `#${wanted}` ? 'page' : null;
};

export const start = async (RTCPeer, host) => {
  const stage = createStage(RTCPeer, host, ask, (isOpen) => {
    $('stage').hidden = !isOpen;
    $('empty').hidden = isOpen;
  });
  const calendar = await createCalendarView(ask, stage);
  const colleagues = createColleaguesView(RTCPeer, host, ask);
  addEventListener('hashchange', show);
  show();
  await createSignIn(ask, async (me) => {
    await calendar.open(me);
    await (me ? colleagues.open() : colleagues.close());
  });
};
