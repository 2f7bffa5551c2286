import { $, attempt, button, language, make, say } from '/site.js';

const dayOf = new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long' });
const clockOf = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

/** What a `datetime-local` field takes: the time in this person's zone. */
const localTime = (date) =>
  new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 'yyyy-mm-ddThh:mm'.length);

/** The calendar, and the meetings of its entries on the stage. */
export const createCalendarView = async (ask, stage) => {
  const people = await ask('GET', 'people');
  const nameOf = (account) => people.find((person) => person.account === account)?.name ?? account;
  let me;
  let openId;
  /** The user has left the open meeting and may rejoin it in the widget. */
  let hasLeft = false;

  /** Asks for the details of an entry; `undefined` when the user cancels. */
  const fillIn = (entry) =>
    new Promise((resolve) => {
      const form = $('form');
      const { title, start: from, minutes } = form.elements;
      title.value = entry?.title ?? '';
      from.value = localTime(entry ? new Date(entry.start) : new Date());
      minutes.value = entry?.minutes ?? 60;
      $('attendees').replaceChildren(
        make('legend', {}, say('Who else', '还有谁')),
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
    await stage.open(await ask('POST', `entries/${entry.id}/meeting`), (screen) => {
      const now = screen === 'left';
      if (now === hasLeft) return;
      hasLeft = now;
      void show();
    });
    openId = entry.id;
    await show();
  };
  const leave = async () => {
    openId = undefined;
    hasLeft = false;
    await stage.close();
    await show();
  };

  const card = (entry) => {
    const from = new Date(entry.start);
    const to = new Date(from.getTime() + entry.minutes * 60_000);
    return make(
      'article',
      { className: 'entry', ariaCurrent: String(entry.id === openId), dataset: { title: entry.title } },
      make('p', { className: 'when' }, `${clockOf.format(from)}–${clockOf.format(to)}`),
      make('h3', {}, entry.title),
      make('p', {}, [entry.organiser, ...entry.attendees].map(nameOf).join(say(', ', '、'))),
      make(
        'div',
        { className: 'actions' },
        entry.id === openId
          ? button(hasLeft ? say('Close meeting', '关闭会议') : say('Leave meeting', '离开会议'), leave)
          : button(say('Open meeting', '打开会议'), () => openMeeting(entry), 'primary'),
        ...(entry.isOwn
          ? [
              button(say('Edit', '编辑'), () => edit(entry)),
              button(say('Delete', '删除'), async () => {
                await ask('DELETE', `entries/${entry.id}`);
                await show();
              }),
            ]
          : []),
      ),
    );
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
      ...(entries.length
        ? []
        : [
            make(
              'p',
              {},
              say('Nothing planned. Make an entry and invite colleagues.', '还没有安排。新建日程并邀请同事。'),
            ),
          ]),
    );
  };

  $('new').addEventListener('click', () => attempt(() => edit(undefined)));
  return {
    /** The calendar of this person; `null`: nobody is signed in. */
    async open(person) {
      me = person;
      openId = undefined;
      await stage.close();
      if (person) await show();
    },
  };
};
