import type { EndReason, Snapshot } from '@meetframe/contract';
import { createModel, signal } from '@preact/signals';

/** Why one's own participation ended. */
export type LeftReason = EndReason | 'exit';

type Follower = {
  /** The server's snapshot takes the place of all that was known. `before`: the `Client.id` until now, `null` on entering. */
  taken?(snapshot: Snapshot, before: number | null): void;
  /** `selfId`: the `Client.id` until now. */
  left?(reason: LeftReason, selfId: number): void;
};

export type SeatModel = InstanceType<typeof Seat>;

<<<<<<< HEAD
/** One's seat in a meeting: taking it, taking it again when the server lost it, giving it up. */
export const createSeat = (deps: {
  client: Client;
  admissions: Admissions;
  state: MeetingState;
  media: MediaStack;
  publishing: Publishing;
  mode: () => string | undefined;
  report: (error: RTCPeerError) => void;
  /** The meeting is over, for the reason given; state and devices are still there. */
  onEnd: (reason: LeftReason) => void;
}) => {
  const { client, state, media, publishing } = deps;
  let entered: EnterInput | undefined;
  /** Counts entries, the repeated ones after a lost session too. */
  let entries = 0;
  let reentering: Promise<void> | undefined;
  let waiting: ReturnType<typeof setTimeout> | undefined;

  const left = () => new RTCPeerError('CONFLICT', 'The meeting was left while it was being entered.');

  const giveBack = (): void => void client.call('meeting.exit', {}).catch(() => {});

  const enter = async (input: EnterInput) => {
    const here = state.here();
    const { rtpCapabilities: offered } = await client.welcome();
    const rtpCapabilities = await media.prepare(offered);
    const mode = deps.mode();
    const answer = await deps.admissions
      .within(input.roomId, () => client.call('meeting.enter', { ...input, ...(mode && { mode }), rtpCapabilities }))
      .catch((error: unknown) => {
        // Nobody knows what became of the request: a seat that it may have got, or still gets, is given back.
        if (unanswered.includes(RTCPeerError.from(error).code)) giveBack();
        throw error;
      });
    if (!here()) {
      giveBack();
      throw left();
    }
    entered = input;
    entries++;
    publishing.serverKnows(undefined);
    media.session?.prefer(input.codec ?? 'VP8');
    state.ended.value = undefined;
    state.asAudio.value = input.roomType === 1;
    state.replace(answer);
    const opened = answer.media ?? (await client.call('media.open', { rtpCapabilities }));
    if (!here()) throw left();
    await media.session?.attach(opened);
    return answer;
  };

  const reenterOnce = async (): Promise<void> => {
    const input = entered;
    if (!input || !state.isIn()) return;
    const here = state.here();
    for (let attempt = 0; ; attempt++) {
      try {
        await enter(input);
        // The seat is there: that a device cannot be sent does not cost it.
        if (here() && publishing.isOn()) publishing.quietly(publishing.resume());
        return;
      } catch (cause) {
        if (!here()) return;
        const error = RTCPeerError.from(cause);
        if (attempt >= mostTries || !passing.includes(error.code)) {
          deps.report(error);
          deps.onEnd('shutdown');
          return;
        }
        const retryAfter = typeof error.details?.retryAfter === 'number' ? error.details.retryAfter : 0;
        await new Promise((resolve) => setTimeout(resolve, retryAfter + Math.random() * 1000 * 2 ** attempt));
        if (!here()) return;
      }
    }
  };

  /** The server forgot us (it restarted, or we were away for too long): take the seat again with what was on. */
  const reenter = (): Promise<void> => {
    reentering ??= reenterOnce().finally(() => {
      reentering = undefined;
    });
    return reentering;
  };
=======
/** One's own seat in a meeting. The features of the meeting follow it: they begin, change and reset with it. */
export const Seat = createModel(() => {
  const selfId = signal<number | null>(null);
  /** Every `Client.id` that one has had in this meeting: a connection that is lost for too long brings a new one. */
  const ownIds = signal<ReadonlySet<number>>(new Set());
  /** Entered for audio only, whatever the room's type is. */
  const enteredAudioOnly = signal(false);
  const followers: Follower[] = [];
  /** Counts participations. */
  let participation = 0;
>>>>>>> model

  return {
    selfId,
    ownIds,
    enteredAudioOnly,
    isIn: (): boolean => selfId.peek() !== null,
    /** A question to ask after waiting: is this still the same participation? */
    here(): () => boolean {
      const now = participation;
      return () => now === participation;
    },
    follow: (follower: Follower): void => void followers.push(follower),
    take(snapshot: Snapshot, isAudioOnly = enteredAudioOnly.peek()): void {
      const before = selfId.peek();
      enteredAudioOnly.value = isAudioOnly;
      selfId.value = snapshot.selfId;
      ownIds.value = new Set([...ownIds.peek(), snapshot.selfId]);
      for (const { taken } of followers) taken?.(snapshot, before);
    },
    /** Also ends an entry that is under way: its answer finds that it is not `here` any more. */
    leave(reason: LeftReason): void {
      participation++;
      const before = selfId.peek();
      if (before === null) return;
      selfId.value = null;
      ownIds.value = new Set();
      enteredAudioOnly.value = false;
      for (const { left } of followers) left?.(reason, before);
    },
  };
});
