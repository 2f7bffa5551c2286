import { language, say } from '/site.js';

/**
 * Calls in this page: a frame of one pixel that rings, shows the call as a card or in the whole window, and goes again.
 *
 * @param onPresence gets users whom `watch` named, as they are now
 * @param onCall is called when a call of this user began, was answered or ended
 */
export const createPhone = (RTCPeer, host, ask, { onPresence, onCall }) => {
  let rtcPeer;
  let watched = [];
  const tellPresence = async () => {
    if (rtcPeer) onPresence(await rtcPeer.watchPresence({ userIds: watched }));
  };
  const close = async () => {
    const open = rtcPeer;
    rtcPeer = undefined;
    await open?.logout().catch(() => {});
    await open?.destroy();
  };
  return {
    /** From now on the user who is signed in can be called. `userIds`: of whom the page shows whether they are there. */
    async open(userIds) {
      await close();
      watched = userIds;
      const { SID } = await ask('POST', 'session');
      rtcPeer = new RTCPeer({ host, SID, sign: () => ask('GET', 'sign'), locale: language, receiver: true });
      rtcPeer.on('presenceChanged', ({ users }) => onPresence(users));
      rtcPeer.on('callChanged', onCall);
      // After a restart of the platform it is asked again.
      rtcPeer.on(
        'connectionChanged',
        ({ connection }) => connection === 'connected' && tellPresence().catch(console.error),
      );
      await tellPresence();
    },
    /** Other users than before are shown. */
    async watch(userIds) {
      if (String(userIds) === String(watched)) return;
      watched = userIds;
      await tellPresence();
    },
    /** `data` comes back in the webhooks of the call. Somebody who is nowhere online finds a missed call. */
    call: ({ userId, video, data }) => rtcPeer.call({ targetUserId: userId, type: video ? 2 : 1, data }),
    /** The latest calls of this user, and how many missed ones are new. */
    latest: (count) => rtcPeer.queryCalls({ pageNo: 0, pageSize: count }),
    markSeen: () => rtcPeer.markCallsSeen({}),
    close,
  };
};

/** What a person's presence is called, and its name in the style sheet. */
export const presenceOf = ({ online, awake, busy } = {}) => {
  if (!online) return ['offline', say('Offline', '离线')];
  if (busy) return ['busy', say('Busy', '忙碌')];
  return awake ? ['online', say('Online', '在线')] : ['away', say('Away', '离开')];
};

export const timeOf = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

/** How a call went, in words. */
export const outcomeOf = ({ outgoing, missed, state, reason, duration }) => {
  if (state === 'inviting' || state === 'ringing') return say('Ringing', '正在响铃');
  if (state !== 'ended') return say('In a call', '通话中');
  if (reason === 'hungUp' || duration > 0) return say(`Answered, ${timeOf(duration)}`, `已接通，${timeOf(duration)}`);
  if (missed && !outgoing) return say('Missed', '未接');
  const words = {
    rejected: outgoing ? say('Declined', '对方已拒绝') : say('Declined', '已拒绝'),
    busy: say('Busy', '对方忙'),
    noAnswer: say('No answer', '无人接听'),
    unreachable: say('Not online', '对方不在线'),
    cancelled: say('Cancelled', '已取消'),
  };
  return words[reason] ?? say('Not connected', '未接通');
};
