import { type ErrorCode, type RoomType, RTCPeerError, type VideoCodec } from '@meetframe/contract';
import type { MediaStack } from '../../media/stack.ts';
import type { Client } from '../../platform/client.ts';
import type { Admissions } from '../admissions.ts';
import type { LeftReason } from '../types.ts';
import type { Publishing } from './publishing.ts';
import type { MeetingState } from './state.ts';

export type EnterInput = {
  roomId: number;
  roomType?: RoomType | undefined;
  username?: string | undefined;
  password?: string | undefined;
  maxNumber?: number | undefined;
  codec?: VideoCodec | undefined;
};
export type Seat = ReturnType<typeof createSeat>;

const mostTries = 6;
/** Refusals of a moment: the same request may succeed a little later. */
const passing: readonly ErrorCode[] = ['DISCONNECTED', 'TIMEOUT', 'THROTTLED', 'INTERNAL', 'CONFLICT'];
/** The request may have reached the server all the same. */
const unanswered: readonly ErrorCode[] = ['TIMEOUT', 'DISCONNECTED'];

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

  return {
    enter,
    reenter,
    /**
     * The server goes away for a moment: the seat is taken again there or elsewhere, by whichever comes first, the new
     * session or the end of the wait.
     */
    reenterLater(retryAfter: number): void {
      const here = state.here();
      const was = entries;
      clearTimeout(waiting);
      waiting = setTimeout(
        () => {
          if (here() && was === entries) void reenter();
        },
        retryAfter + Math.random() * 1000,
      );
    },
    forget(): void {
      clearTimeout(waiting);
      entered = undefined;
    },
  };
};
