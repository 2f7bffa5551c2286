import type { PageEvents, RoomType, User, WirePayload } from '@meetframe/contract';
import { batch, computed, createModel, effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import type { Client } from '../platform/client.ts';
import { callText, endStays } from './callTexts.ts';
import { type CallWay, createCallWay, type WayParts } from './callWay.ts';
import type { Emit } from './events.ts';
import type { IdentityModel } from './identity.ts';
import type { ReadLook } from './look.ts';
import { type PresenceState, stateOf } from './presence.ts';

type Changed = PageEvents['callChanged'];
/** A user who is being called into the meeting that this user is in, or was being called until just now. */
export type Called = WirePayload<'call.toRoom'>;
export type FrameView = PageEvents['frameWanted']['view'];
/** A call of the user. `waiting`: the user was in another call or meeting when it came. `tried`: no device of the callee rings yet. */
export type Call = Changed & { waiting: boolean; tried: boolean; silenced: boolean };

export type Colleague = { user: User; state: PresenceState };
const order = ['online', 'away', 'busy', 'offline'] as const;

const unanswered = ['inviting', 'ringing'];
const isOpen = ({ state }: Pick<Changed, 'state'>): boolean => unanswered.includes(state);

export type CallScreensDeps = {
  client: Client;
  identity: Pick<IdentityModel, 'user' | 'company'>;
  emit: Emit;
  look: ReadLook;
  /** The way into meetings; `undefined` until its code is loaded by `load`. */
  way: ReadonlySignal<WayParts | undefined>;
  load: (() => Promise<unknown>) | undefined;
};

/** The calls that the widget itself shows: it rings, accepts them and enters their rooms. Loaded only with the option `callScreens`. */
export const CallScreens = createModel(({ client, identity, emit, look, way: parts, load }: CallScreensDeps) => {
  const way = computed(() => parts.value && createCallWay(parts.value));
  const reach = async (): Promise<CallWay> => {
    await load?.();
    return way.peek() as CallWay;
  };
  const live = signal<readonly Call[]>([]);
  /** A call that has just ended, while its end is shown. */
  const ended = signal<Changed | undefined>(undefined);
  /** Whether the tone of a ringing call can be heard. */
  const audible = signal(true);
  /** The room of the call that this model has entered. */
  const joined = signal<number | undefined>(undefined);

  /** How the call is shown. `small`: as a card, so that the user sees what is behind it; `adding`: with the choice of a further person. */
  const shape = signal<'full' | 'small' | 'adding'>('full');
  effect(() => {
    if (joined.value === undefined) shape.value = 'full';
  });

  const called = signal<readonly Called[]>([]);
  effect(() =>
    client.on('call.toRoom', (one) => {
      const all = called.peek();
      const isKnown = all.some(({ callId }) => callId === one.callId);
      const now = isOpen(one) || (isKnown && one.state === 'ended') ? [one] : [];
      called.value = isKnown ? all.flatMap((old) => (old.callId === one.callId ? now : [old])) : [...all, ...now];
    }),
  );
  effect(() => {
    const timers = called.value.map((one) =>
      setTimeout(
        () => {
          called.value = called.peek().filter((each) => each !== one);
        },
        (one.remaining ?? 0) + endStays,
      ),
    );
    return () => timers.forEach(clearTimeout);
  });
  effect(() => {
    if (joined.value === undefined) called.value = [];
  });

  let frame: PageEvents['frameWanted'] | undefined;

  const ringing = computed(() => live.value.find((call) => !call.outgoing && isOpen(call)));
  const outgoing = computed(() => live.value.find((call) => call.outgoing && isOpen(call)));

  effect(() =>
    client.onConnection('hello', ({ resumed }) => {
      // The server sends the calls under way to a new session.
      if (resumed) return;
      live.value = [];
      called.value = [];
    }),
  );

  const target = ({ peer, callId }: Pick<Call, 'peer' | 'callId'>) => ({ targetUserId: peer.id, callId });
  const update = (callId: string, change: Partial<Call>): void => {
    live.value = live.peek().map((call) => (call.callId === callId ? { ...call, ...change } : call));
  };
  const remove = (callId: string): Call | undefined => {
    const gone = live.peek().find((call) => call.callId === callId);
    live.value = live.peek().filter((call) => call !== gone);
    return gone;
  };
  const join = async (roomId: number, type: RoomType): Promise<void> => {
    const { roomId: current, enter } = await reach();
    ended.value = undefined;
    // A further user is called into the meeting that this user is in. That meeting may not belong to a call, and goes on after this one.
    if (current() === roomId) return;
    joined.value = roomId;
    enter(roomId, type);
  };
  const into = (roomId: number | null | undefined): Call[] => live.peek().filter((call) => call.roomId === roomId);
  /** Leaves the room of a call that is over, unless others are in it too, or are still to come. */
  const part = ({ roomId, peer }: Changed): void => {
    const here = way.peek();
    if (!here || roomId === null || roomId !== joined.peek() || here.hasOthers(peer) || into(roomId).length > 0) return;
    joined.value = undefined;
    void here.exit();
    here.goHome();
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
    client.on('call.doAgree', ({ roomId, type }) => {
      // Without the code for meetings the call ends as one that could not be connected.
      join(roomId, type).catch(() => {});
    }),
  );
  effect(() =>
    client.on('call.cancel', ({ callId, reason }) => {
      const gone = reason === 'answeredElsewhere' || reason === 'rejectedElsewhere' ? remove(callId) : undefined;
      if (gone) ended.value = { ...gone, state: 'ended', reason: reason as Changed['reason'] };
    }),
  );
  effect(() =>
    way.value?.onLeft((reason) => {
      const roomId = joined.peek();
      if (roomId === undefined) return;
      // The server ends calls whose users have met. Cancel the others, so that their users do not enter an empty room.
      if (reason === 'exit') for (const call of into(roomId)) client.call('call.cancel', target(call)).catch(() => {});
      joined.value = undefined;
      way.peek()?.goHome();
    }),
  );

  /** Whether a call may lead into a meeting soon. */
  const isOpening = computed(() => ringing.value !== undefined || outgoing.value !== undefined);
  effect(() => {
    // What fails here is tried again, and reported, when the meeting is entered.
    if (isOpening.value) untracked(() => reach().then((next) => next.prepare())).catch(() => {});
  });
  /** The type of the call that this user made, until both are in the meeting. */
  const dialled = computed(
    () => live.value.find(({ outgoing, state }) => outgoing && state !== 'connected' && state !== 'ended')?.type,
  );
  effect(() => {
    const type = dialled.value;
    if (type !== undefined && way.value) untracked(() => way.peek()?.getReady(type));
    return () => untracked(() => dialled.peek() === undefined && way.peek()?.getReady(undefined));
  });

  /** The call whose tone plays, by its id: its other fields change while it rings. */
  const loudId = computed(() => {
    const call = ringing.value;
    return call && !call.waiting && !call.silenced ? call.callId : undefined;
  });
  effect(() => {
    const callId = loudId.value;
    const call = ringing.peek();
    if (callId === undefined || !call) return undefined;
    const { peer, type } = call;
    const text = untracked(() => callText(look, type === 1 ? 'incoming.audio' : 'incoming.video'));
    let stop: (() => void) | undefined;
    let isOver = false;
    let isTold = false;
    const tell = (isAudible: boolean): void => {
      isTold = true;
      audible.value = isAudible;
      emit('callRinging', { callId, audible: isAudible, peer, type, text });
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
        if (isTold) emit('callSilent', { callId });
      });
    };
  });

  return {
    live,
    ringing,
    outgoing,
    ended,
    audible,
    /** Users who are being called into the meeting by any participant; also for some seconds after the call has ended. */
    called,
    /** The user is in the meeting of a call. */
    isInCall: computed(() => joined.value !== undefined),
    shape: computed(() => shape.value),
    setShape(next: 'full' | 'small' | 'adding'): void {
      shape.value = next;
    },
    /** Asks the page to move the frame by this many CSS pixels. */
    dragFrame: (x: number, y: number): void => emit('frameDragged', { x, y }),
    /**
     * Calls a user; during a call, into its meeting. Rejects when that is not possible; if the user is not online, the call ends.
     */
    async place(userId: number, type: RoomType): Promise<void> {
      ended.value = undefined;
      const roomId = joined.peek();
      await client.call('call.doInvite', { targetUserId: userId, type, ...(roomId !== undefined && { roomId }) });
    },
    /** Colleagues found by name or account, without participants of the meeting; colleagues who can be called come first. */
    async colleagues(name: string): Promise<Colleague[]> {
      const orgId = identity.company.peek()?.id;
      if (orgId === undefined) return [];
      const found = await client.call('user.searchUserByOrgId', {
        ...{ orgId, pageNo: 0, pageSize: 30 },
        ...(name.trim() && { name: name.trim() }),
      });
      const some = found.users.filter(({ id }) => id !== identity.user.peek()?.id && !way.peek()?.isHere(id));
      const { users } = await client.call('presence.watch', { userIds: some.map(({ id }) => id), once: true });
      const facts = new Map(users.map((one) => [one.userId, one]));
      const colleagues = some.map((user) => ({ user, state: stateOf(facts.get(user.id)) }));
      return order.flatMap((state) => colleagues.filter((one) => one.state === state));
    },
    /** Accepts a call; a meeting that the user is in ends for the user. */
    async accept(call: Call): Promise<void> {
      const here = way.peek();
      if (here?.roomId() !== undefined) {
        joined.value = undefined;
        await here.exit();
      }
      // The camera opens while the server answers.
      here?.getReady(call.type);
      try {
        const { roomId, type } = await client.call('call.doAgree', target(call));
        await join(roomId, type);
      } catch (error) {
        here?.getReady(undefined);
        throw error;
      }
    },
    /**
     * Invites the caller into the meeting that this user is in: declines the call, and calls back with that room. So no caller meets
     * others without having been asked.
     */
    async bringIn(call: Call): Promise<void> {
      const roomId = way.peek()?.roomId();
      if (roomId === undefined) return;
      await client.call('call.reject', target(call));
      await client.call('call.doInvite', { targetUserId: call.peer.id, type: call.type, roomId });
    },
    async decline(call: Call): Promise<void> {
      await client.call('call.reject', target(call));
    },
    async cancel(call: Call): Promise<void> {
      await client.call('call.cancel', target(call));
    },
    /** Stops the tone on this device only. */
    silence: ({ callId }: Call): void => update(callId, { silenced: true }),
    /** Tells the page how much of it the frame should have. */
    wantFrame(view: FrameView, width = 0, height = 0): void {
      const next = { view, width, height };
      if (JSON.stringify(next) === JSON.stringify(frame)) return;
      frame = next;
      emit('frameWanted', next);
    },
    dismiss(): void {
      ended.value = undefined;
    },
  };
});
export type CallScreensModel = InstanceType<typeof CallScreens>;
