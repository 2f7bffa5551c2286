import type { PageEvents, RoomType } from '@meetframe/contract';
import { batch, computed, createModel, effect, signal, untracked } from '@preact/signals';
import type { Client } from '../platform/client.ts';
import type { Emit } from './events.ts';
import type { MeetingModel } from './meeting/meeting.ts';

type Changed = PageEvents['callChanged'];
/** A call of the user. `waiting`: the user was in another call or meeting when it came. `tried`: no device of the callee rings yet. */
export type Call = Changed & { waiting: boolean; tried: boolean; silenced: boolean };

const unanswered = ['inviting', 'ringing'];
const isOpen = ({ state }: Pick<Changed, 'state'>): boolean => unanswered.includes(state);

export type CallScreensDeps = {
  client: Client;
  meeting: Pick<MeetingModel, 'seat' | 'roster' | 'exit'>;
  emit: Emit;
  screens: {
    /** Enters the room of an accepted call, without a lobby. */
    skipLobby: (roomId: number) => void;
    /** Back to where the user was before the call. */
    goHome: () => void;
  };
};

/** The calls that the widget itself shows: it rings, accepts and enters their rooms. Loaded where that is wanted. */
export const CallScreens = createModel(({ client, meeting, emit, screens }: CallScreensDeps) => {
  const live = signal<readonly Call[]>([]);
  /** A call that has just ended, and whose end is shown. */
  const ended = signal<Changed | undefined>(undefined);
  /** Whether the tone of a ringing call can be heard. */
  const audible = signal(true);
  /** The room of the call that the user is in by this model. */
  let joined: number | undefined;

  const ringing = computed(() => live.value.find((call) => !call.outgoing && isOpen(call)));
  const outgoing = computed(() => live.value.find((call) => call.outgoing && isOpen(call)));

  effect(() =>
    client.onConnection('hello', ({ resumed }) => {
      // A new session is told again what is under way.
      if (!resumed) live.value = [];
    }),
  );

  const update = (callId: string, change: Partial<Call>): void => {
    live.value = live.peek().map((call) => (call.callId === callId ? { ...call, ...change } : call));
  };
  const remove = (callId: string): Call | undefined => {
    const gone = live.peek().find((call) => call.callId === callId);
    live.value = live.peek().filter((call) => call !== gone);
    return gone;
  };
  const join = (roomId: number): void => {
    joined = roomId;
    ended.value = undefined;
    screens.skipLobby(roomId);
  };
  /** Leaves the room of a call that is over, unless others are in it too. */
  const part = ({ roomId, peer }: Changed): void => {
    if (roomId === null || roomId !== joined) return;
    const others = meeting.roster.others.peek().filter(({ userId }) => userId !== peer.id);
    if (others.length > 0) return;
    joined = undefined;
    void meeting.exit();
    screens.goHome();
  };

  effect(() =>
    client.on('call.changed', (changed) => {
      const known = live.peek().find(({ callId }) => callId === changed.callId);
      if (changed.state !== 'ended') {
        if (known) update(changed.callId, changed);
        else live.value = [...live.peek(), { ...changed, waiting: false, tried: false, silenced: false }];
        return;
      }
      batch(() => {
        remove(changed.callId);
        ended.value = changed;
      });
      part(changed);
    }),
  );
  effect(() =>
    client.on('call.doInvite', ({ callId, ownUserId, ownUser, type, roomId, remaining, waiting }) => {
      const call = { callId, state: 'ringing', reason: null, outgoing: false, peer: ownUser } as const;
      const others = live.peek().filter((known) => known.callId !== callId);
      live.value = [...others, { ...call, type, roomId, remaining, waiting, tried: false, silenced: false }];
      client.call('call.ring', { targetUserId: ownUserId, callId }).catch(() => {});
    }),
  );
  effect(() =>
    client.on('call.doEvent', ({ callId, event }) => {
      if (event === 'onUnreachable') update(callId, { tried: true });
    }),
  );
  effect(() =>
    client.on('call.doAgree', ({ roomId }) => {
      join(roomId);
    }),
  );
  effect(() =>
    client.on('call.cancel', ({ callId, reason }) => {
      const gone = reason === 'answeredElsewhere' || reason === 'rejectedElsewhere' ? remove(callId) : undefined;
      if (gone) ended.value = { ...gone, state: 'ended', reason: reason as Changed['reason'] };
    }),
  );
  meeting.seat.follow({
    left() {
      if (joined === undefined) return;
      joined = undefined;
      screens.goHome();
    },
  });

  effect(() => {
    const call = ringing.value;
    if (!call || call.waiting || call.silenced) return undefined;
    const { callId } = call;
    let stop: (() => void) | undefined;
    let isOver = false;
    const tell = (isAudible: boolean): void => {
      audible.value = isAudible;
      emit('callRinging', { callId, audible: isAudible });
    };
    import('../media/ringTone.ts').then(
      ({ startRingTone }) => {
        if (!isOver) stop = startRingTone(tell);
      },
      () => tell(false),
    );
    return () => {
      isOver = true;
      stop?.();
      untracked(() => {
        audible.value = true;
      });
    };
  });

  const target = ({ peer, callId }: Pick<Call, 'peer' | 'callId'>) => ({ targetUserId: peer.id, callId });
  return {
    ringing,
    outgoing,
    ended,
    audible,
    /** Calls a user. Rejects when that is not possible; that nobody is online is an end as others are. */
    async place(userId: number, type: RoomType): Promise<void> {
      ended.value = undefined;
      await client.call('call.doInvite', { targetUserId: userId, type });
    },
    /** Accepts a call; a meeting that the user is in ends for the user. */
    async accept(call: Call): Promise<void> {
      if (meeting.seat.isIn()) {
        joined = undefined;
        await meeting.exit();
      }
      const { roomId } = await client.call('call.doAgree', target(call));
      join(roomId);
    },
    async decline(call: Call): Promise<void> {
      await client.call('call.reject', target(call));
    },
    async cancel(call: Call): Promise<void> {
      await client.call('call.cancel', target(call));
    },
    /** Stops the tone on this device only. */
    silence: ({ callId }: Call): void => update(callId, { silenced: true }),
    dismiss(): void {
      ended.value = undefined;
    },
  };
});
export type CallScreensModel = InstanceType<typeof CallScreens>;
