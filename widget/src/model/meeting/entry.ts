import {
  type Client as ClientBean,
  type ErrorCode,
  type Input,
  type Room,
  type RoomType,
  RTCPeerError,
  type seatMethods,
  type VideoCodec,
} from '@meetframe/contract';
import { createModel, effect, signal } from '@preact/signals';
import type { Client } from '../../platform/client.ts';
import type { Admissions } from '../admissions.ts';
import type { ConnectivityModel } from './connectivity.ts';
import type { LinkModel } from './link.ts';
import type { PublishingModel } from './publishing.ts';
import type { RosterModel } from './roster.ts';
import type { SeatModel } from './seat.ts';

export type EnterInput = {
  roomId: number;
  roomType?: RoomType | undefined;
  username?: string | undefined;
  password?: string | undefined;
  maxNumber?: number | undefined;
  codec?: VideoCodec | undefined;
};
type EnterCall = Input<(typeof seatMethods)['meeting.enter']>;
type Entered = { client: ClientBean; members: ClientBean[]; room: Room };

const mostTries = 6;
/** Errors after which the same request may succeed a little later. */
const temporary: readonly ErrorCode[] = ['DISCONNECTED', 'TIMEOUT', 'THROTTLED', 'INTERNAL', 'CONFLICT'];
/** Errors after which the server may still have handled the request. */
const unanswered: readonly ErrorCode[] = ['TIMEOUT', 'DISCONNECTED'];

/** Enters and leaves a meeting: takes the seat, takes it again when the server has lost it, gives it up. */
export const Entry = createModel(
  (deps: {
    client: Client;
    connectivity: ConnectivityModel;
    admissions: Admissions;
    seat: SeatModel;
    roster: RosterModel;
    link: LinkModel;
    publishing: PublishingModel;
    mode: () => string | undefined;
    report: (error: RTCPeerError) => void;
  }) => {
    const { client, connectivity, seat, roster, link, publishing } = deps;
    const entering = signal(false);
    /** Set while the user is in the waiting room. */
    const waiting = signal<{ hasModerator: boolean } | undefined>(undefined);
    let underWay: { roomId: number; entered: Promise<Entered> } | undefined;
    /**
     * Settles with the last entry, while there is one: an entry that was given up must return its seat before the next
     * one asks for a seat.
     */
    let settling: Promise<void> | undefined;
    /** Input with which the seat was taken, to take it again. */
    let last: EnterInput | undefined;
    /** Counts the seats taken, including those after a lost session. */
    let seats = 0;
    let isReentering = false;
    let returning: ReturnType<typeof setTimeout> | undefined;

    const left = () => new RTCPeerError('CONFLICT', 'The meeting was left while it was being entered.');
    /** The entry under way was given up, and the server was told. */
    let isGivenBack = false;
    /** Whether the server was told that the seat was left; `lost`: it did not answer, and may not have heard it. */
    let exitTold: 'answered' | 'asked' | 'lost' = 'answered';
    const tellExit = async (): Promise<{ result: number }> => {
      exitTold = 'asked';
      try {
        const answer = await client.call('meeting.exit', {});
        exitTold = 'answered';
        return answer;
      } catch (error) {
        exitTold = unanswered.includes(RTCPeerError.from(error).code) ? 'lost' : 'answered';
        return { result: 0 };
      }
    };
    effect(() =>
      connectivity.onResumed(() => {
        if (exitTold === 'lost' && !seat.isIn() && !underWay) void tellExit();
      }),
    );
    const giveBack = (): void => {
      isGivenBack = true;
      void tellExit();
    };
    const forget = (): void => {
      clearTimeout(returning);
      waiting.value = undefined;
      last = undefined;
      underWay = undefined;
      entering.value = false;
    };
    const current = (room: Room): Entered => ({
      client: roster.ownClient(),
      members: roster.others.peek().map((each) => each.client),
      room,
    });

    const pause = (tries: number): Promise<void> =>
      new Promise((resolve) => setTimeout(resolve, Math.random() * 1000 * 2 ** tries));
    /** Asks for a seat. The moderator may have to decide, which takes as long as it takes. */
    const ask = async (input: EnterCall, onWait: () => void) => {
      let wait = (): void => {};
      const patience = new Promise<void>((resolve) => {
        wait = resolve;
      });
      const stop = client.on('meeting.onWaiting', ({ roomId, state, hasModerator }) => {
        if (roomId !== input.roomId) return;
        if (state === 'waiting') {
          wait();
          onWait();
        }
        waiting.value = state === 'waiting' ? { hasModerator } : undefined;
      });
      try {
        return await client.call('meeting.enter', input, patience);
      } finally {
        stop();
      }
    };
    /** The same, repeated if the session was lost in the waiting room, where the user then waits from the beginning. */
    const seatFor = async (input: EnterCall, here: () => boolean) => {
      let tries = 0;
      try {
        for (;;) {
          try {
            return await deps.admissions.within(Number(input.roomId), () => ask(input, () => (tries = 0)));
          } catch (error) {
            const isLost = waiting.peek() && RTCPeerError.from(error).code === 'DISCONNECTED';
            if (!isLost || !here() || tries >= mostTries) throw error;
          }
          await pause(tries++);
        }
      } finally {
        waiting.value = undefined;
      }
    };
    const take = async (input: EnterInput): Promise<Entered> => {
      const here = seat.here();
      isGivenBack = false;
      const rtpCapabilities = await link.prepare();
      // The server may still hold the previous seat, in another room.
      if (exitTold === 'lost') await tellExit();
      if (!here()) throw left();
      const mode = deps.mode();
      // The server does without `codec` and `roomType`, but refuses a wrong one that a page gave.
      const { media, ...snapshot } = await seatFor({ ...input, ...(mode && { mode }), rtpCapabilities }, here).catch(
        (error: unknown) => {
          // The server may have handled the request, or may still do so: the seat is given back.
          if (unanswered.includes(RTCPeerError.from(error).code)) giveBack();
          throw error;
        },
      );
      if (!here()) {
        if (!isGivenBack) giveBack();
        throw left();
      }
      last = input;
      seats++;
      link.session()?.prefer(input.codec ?? 'VP8');
      seat.take(snapshot, input.roomType === 1);
      const entered = current(snapshot.room);
      const opened = media ?? (await client.call('media.open', { rtpCapabilities }));
      if (!here()) throw left();
      await link.session()?.attach(opened);
      return entered;
    };

    const retake = async (): Promise<void> => {
      const input = last;
      if (!input || !seat.isIn()) return;
      const here = seat.here();
      for (let attempt = 0; ; attempt++) {
        try {
          await take(input);
          if (here()) publishing.resume();
          return;
        } catch (cause) {
          if (!here()) return;
          const error = RTCPeerError.from(cause);
          if (attempt >= mostTries || !temporary.includes(error.code)) {
            deps.report(error);
            seat.leave('shutdown');
            return;
          }
          const retryAfter = typeof error.details?.retryAfter === 'number' ? error.details.retryAfter : 0;
          await new Promise((resolve) => setTimeout(resolve, retryAfter + Math.random() * 1000 * 2 ** attempt));
          if (!here()) return;
        }
      }
    };
    /**
     * The server has ended this session (it restarted, or the connection was lost for too long): takes the seat again.
     */
    const reenter = (): void => {
      if (isReentering) return;
      isReentering = true;
      void retake().finally(() => {
        isReentering = false;
      });
    };
    /** The server restarts: the seat is taken again after the wait, unless a new session starts earlier. */
    const reenterLater = (retryAfter: number): void => {
      const here = seat.here();
      const before = seats;
      clearTimeout(returning);
      returning = setTimeout(
        () => {
          if (here() && before === seats) reenter();
        },
        retryAfter + Math.random() * 1000,
      );
    };
    const catchUp = async (): Promise<void> => {
      if (!seat.isIn()) return;
      const here = seat.here();
      try {
        const snapshot = await client.call('meeting.snapshot', {});
        if (!here()) return;
        seat.take(snapshot);
        // Consumers may have been announced in between: both transports are replaced.
        await link.session()?.rebuild();
      } catch (error) {
        if (here() && RTCPeerError.from(error).code === 'NOT_IN_MEETING') reenter();
      }
    };

    seat.follow({ left: forget });
    effect(() => client.onConnection('lost', reenter));
    effect(() => client.onConnection('missed', () => void catchUp()));
    effect(() =>
      client.on('meeting.closed', ({ roomId, reason, retryAfter }) => {
        if (roster.room.peek()?.id !== roomId) return;
        if (reason === 'shutdown' && retryAfter !== undefined) reenterLater(retryAfter);
        else seat.leave(reason);
      }),
    );
    effect(() => () => clearTimeout(returning));

    return {
      entering,
      waiting,
      /**
       * A second entry into the same room gets the answer of the first, running or done; an entry into another room
       * rejects with `CONFLICT`.
       */
      async enter(input: EnterInput): Promise<Entered> {
        const room = roster.room.peek();
        const busy = underWay?.roomId ?? room?.id ?? input.roomId;
        if (busy !== input.roomId)
          throw new RTCPeerError('CONFLICT', `Room ${busy} is open: call meeting.exit first.`, { roomId: busy });
        if (underWay) return underWay.entered;
        if (room) return current(room);
        entering.value = true;
        const here = seat.here();
        const takeNow = () => {
          if (!here()) throw left();
          return take(input);
        };
        const attempt = {
          roomId: input.roomId,
          entered: (settling ? settling.then(takeNow) : take(input)).finally(() => {
            if (underWay !== attempt) return;
            underWay = undefined;
            entering.value = false;
          }),
        };
        underWay = attempt;
        const done = (): void => {
          if (settling === own) settling = undefined;
        };
        const own = attempt.entered.then(done, done);
        settling = own;
        return attempt.entered;
      },
      async exit(): Promise<{ result: number }> {
        // The server is told at once, so that the seat of an entry given up is free at once.
        if (underWay && !seat.isIn()) giveBack();
        forget();
        if (!seat.isIn()) {
          seat.leave('exit');
          return { result: 1 };
        }
        const leaving = tellExit();
        seat.leave('exit');
        // The widget has left whatever the server answers, and before the server can be told.
        return (await connectivity.unlessAway(leaving)) ?? { result: 0 };
      },
    };
  },
);
