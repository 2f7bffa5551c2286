import { $, attempt, createBackEnd, createSignIn, createStage, make } from '/site.js';

const ask = createBackEnd('/oa/api');
const dayOf = new Intl.DateTimeFormat('en', { weekday: 'long', day: 'numeric', month: 'long' });
const timeOf = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

/** What a `datetime-local` field takes: the time in this person's zone. */
const localTime = (date) =>
  new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 'yyyy-mm-ddThh:mm'.length);

export const start = async (RTCPeer, host) => {
  const stage = createStage(RTCPeer, host, ask);
  const people = await ask('GET', 'people');
  const nameOf = (account) => people.find((person) => person.account === account)?.name ?? account;
  let me;
  let openId;

  /** Asks for the details of an entry; `undefined` when the user cancels. */
  const fillIn = (entry) =>
    new Promise((resolve) => {
      const form = $('form');
      const { title, start: from, minutes } = form.elements;
      title.value = entry?.title ?? '';
      from.value = localTime(entry ? new Date(entry.start) : new Date());
      minutes.value = entry?.minutes ?? 60;
      $('attendees').replaceChildren(
        make('legend', {}, 'Who else'),
        ...people
          .filter(({ account }) => account !== me.account)
          .map(({ account, name }) =>
            make(
              'label',
              {},
              make('input', {
                type: 'checkbox',
                name: 'attendees',
                value: account,
                checked: entry?.attendees.includes(account) ?? false,
              }),
              name,
            ),
          ),
      );
      $('dialog').addEventListener(
        'close',
        () =>
          resolve(
            $('dialog').returnValue === 'save'
              ? {
                  title: title.value,
                  start: new Date(from.value).toISOString(),
                  minutes: Number(minutes.value),
                  attendees: new FormData(form).getAll('attendees'),
                }
              : undefined,
          ),
        { once: true },
      );
      $('dialog').returnValue = '';
      $('dialog').showModal();
    });

  const edit = async (entry) => {
    const details = await fillIn(entry);
    if (!details) return;
    await (entry ? ask('PUT', `entries/${entry.id}`, details) : ask('POST', 'entries', details));
    await show();
  };

  const openMeeting = async (entry) => {
    await stage.open(await ask('POST', `entries/${entry.id}/meeting`));
    openId = entry.id;
    await show();
  };
  const leave = async () => {
    openId = undefined;
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

  const card = (entry) => {
    const from = new Date(entry.start);
    const to = new Date(from.getTime() + entry.minutes * 60_000);
    const others = entry.attendees.map(nameOf).join(', ');
    const element = make(
      'article',
      { className: 'entry', ariaCurrent: String(entry.id === openId) },
      make('p', { className: 'when' }, `${timeOf.format(from)}–${timeOf.format(to)}`),
      make('h3', {}, entry.title),
      make('p', {}, `${nameOf(entry.organiser)}${others && `, ${others}`}`),
      make(
        'div',
        { className: 'actions' },
        entry.id === openId
          ? button('Leave meeting', leave)
          : button('Open meeting', () => openMeeting(entry), 'primary'),
        ...(entry.isOwn
          ? [
              button('Edit', () => edit(entry)),
              button('Delete', async () => {
                await ask('DELETE', `entries/${entry.id}`);
                await show();
              }),
            ]
          : []),
      ),
    );
    element.dataset.title = entry.title;
    return element;
  };

  const show = async () => {
    const entries = await ask('GET', 'entries');
    let day;
    $('entries').replaceChildren(
      ...entries.flatMap((entry) => {
        const before = day;
        day = dayOf.format(new Date(entry.start));
        return day === before ? [card(entry)] : [make('h2', { className: 'day' }, day), card(entry)];
      }),
      ...(entries.length ? [] : [make('p', {}, 'Nothing planned. Make an entry and invite colleagues.')]),
    );
  };

  $('new').addEventListener('click', () => attempt(() => edit(undefined)));
  await createSignIn(ask, async (person) => {
    me = person;
    openId = undefined;
    await stage.close();
    if (person) await attempt(show);
  });
};
