import { outcomeOf, timeOf } from '/phone.js';
import { button, make, momentOf, say } from '/site.js';

/** Calls of the contact that nobody took, since the last one that was. */
export const unansweredOf = (activity) => {
  const calls = activity.filter(({ kind, state }) => kind === 'call' && state === 'ended');
  const answered = calls.findIndex(({ reason }) => reason === 'hungUp');
  return calls.slice(0, answered < 0 ? undefined : answered).filter(({ outgoing, missed }) => missed && !outgoing)
    .length;
};

const titleOf = ({ video, outgoing, agent }) => {
  const kind = video ? say('Video call', '视频呼叫') : say('Call', '呼叫');
  return outgoing
    ? say(`${kind} by ${agent}`, `${agent} 的${kind}`)
    : say(`${kind} to ${agent}`, `打给 ${agent} 的${kind}`);
};

const row = ({ at, className, sign, dataset }, title, ...more) =>
  make(
    'div',
    { className: `row ${className ?? ''}`, dataset },
    make('span', { className: sign, ariaHidden: 'true' }),
    make('strong', {}, title),
    make('span', {}, ...more),
    make('time', {}, momentOf(at)),
  );

/** Mails that the reader has opened stay open when the list is made anew. */
const openMails = new Set();

const rows = {
  call: (call) =>
    row(
      {
        ...call,
        className: call.missed && !call.outgoing ? 'bad' : '',
        sign: call.outgoing ? 'out' : 'in',
        dataset: { call: call.id },
      },
      titleOf(call),
      outcomeOf(call),
    ),
  meeting: (meeting) => {
    const { guests, state, duration } = meeting;
    const length = state === 'running' ? say('In a meeting', '会议中') : timeOf(duration);
    const absent =
      state === 'running'
        ? say('waiting for the contact', '等待联系人')
        : say('the contact did not come', '联系人未参加');
    const who = guests.join(say(', ', '、')) || absent;
    return row({ ...meeting, sign: 'both' }, say('Meeting by link', '链接会议'), `${length} · ${who}`);
  },
  recording: (recording, play) => {
    const made = row(
      { ...recording, sign: 'disc' },
      say('Recording is ready', '录制已完成'),
      timeOf(Math.round(recording.duration)),
    );
    made.append(button(say('Play', '播放'), () => play(recording)));
    return made;
  },
  mail: (mail) => {
    const made = make(
      'details',
      { className: 'mail', open: openMails.has(mail.at) },
      make('summary', {}, row({ ...mail, sign: 'letter' }, say('Mail sent', '已发送邮件'), mail.subject)),
      make('pre', { lang: mail.language }, `${mail.from} → ${mail.to}\n\n${mail.text}`),
    );
    made.addEventListener('toggle', () => openMails[made.open ? 'add' : 'delete'](mail.at));
    return made;
  },
};
/** What happened with a contact, as a row of its card; `play` plays a recording. */
export const rowOf = (activity, play) => rows[activity.kind](activity, play);
