import type { PageEvents, RoomType } from '@meetframe/contract';
import { batch, computed, createModel, effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import type { Client } from '../platform/client.ts';
import type { Emit } from './events.ts';
import type { IdentityModel } from './identity.ts';
import type { MeetingModel } from './meeting/meeting.ts';

type Changed = PageEvents['callChanged'];
/** A call of the user. `waiting`: the user was in another call or meeting when it came. `tried`: no device of the callee rings yet. */
export type Call = Changed & { waiting: boolean; tried: boolean; silenced: boolean };

const unanswered = ['inviting', 'ringing'];
const isOpen = ({ state }: Pick<Changed, 'state'>): boolean => unanswered.includes(state);

type Deps = {
  client: Client;
  identity: Pick<IdentityModel, 'user'>;
  meeting: Pick<MeetingModel, 'seat' | 'roster' | 'exit'>;
  emit: Emit;
  /** Enters the room of an accepted call, without a lobby. */
  enter: (roomId: number) => void;
  /** Back to where the user was before the call. */
  leave: () => void;
};

/**
 * Calls between users (chapter 4). Registers the device when a user logs in, if the user is to be called here (4.9). With
 * `show` the widget rings, accepts and enters by itself; otherwise the page does.
 */
export const Calls = createModel(({ client, identity, meeting, emit, enter, leave }: Deps) => {
  const wanted = signal(false);
  const shows = signal(false);
  /** Counts the sessions with the server: a new one does not know the device any more. */
  const session = signal(0);
  const userId: ReadonlySignal<number | undefined> = computed(() => identity.user.value?.id);
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
      if (!resumed) session.value++;
    }),
  );
  effect(() => {
    if (!wanted.value || session.value === 0 || userId.value === undefined) return;
    untracked(() => {
      live.value = [];
    });
    // When it fails, the connection or the login is gone, and the next one registers again.
    client.call('call.doRegister', {}).catch(() => {});
  });

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
    enter(roomId);
  };
  /** Leaves the room of a call that is over, unless others are in it too. */
  const part = ({ roomId, peer }: Changed): void => {
    if (roomId === null || roomId !== joined) return;
    const others = meeting.roster.others.peek().filter(({ userId }) => userId !== peer.id);
    if (others.length > 0) return;
    joined = undefined;
    void meeting.exit();
    leave();
  };

  effect(() =>
    client.on('call.changed', (changed) => {
      if (!shows.peek()) return;
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
      if (!shows.peek()) return;
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
      if (shows.peek()) join(roomId);
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
      leave();
    },
  });

  effect(() => {
    const call = ringing.value;
    if (!shows.value || !call || call.waiting || call.silenced) return undefined;
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
    shows,
    ringing,
    outgoing,
    ended,
    audible,
    /** `wanted`: the user can be called on this device. `shown`: the widget shows calls, instead of the page. */
    receive(isWanted: boolean, isShown: boolean): void {
      wanted.value = isWanted || isShown;
      shows.value = isShown;
    },
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
export type CallsModel = InstanceType<typeof Calls>;
