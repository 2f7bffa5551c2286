import { type ChatMessage, type FileLimits, RTCPeerError } from '@meetframe/contract';
import { longestFileName, plainFileName } from '@meetframe/contract/names';
import { createModel, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Client } from '../../platform/client.ts';
import { createUpload } from '../../platform/recordUpload.ts';
import type { RosterModel } from './roster.ts';
import type { SeatModel } from './seat.ts';

/** Bytes of a request. */
const part = 512 * 1024;
/** How often a request is tried. */
const attempts = 6;
/** How many files are sent at once. */
const atOnce = 3;
/** Most chosen files that wait to be sent; if there are more, the last ones are kept. */
const mostDrafts = 20;

export type SentFile = { file: Blob; name?: string | undefined; to?: number | undefined };
/** A file that the user has chosen. */
export type DraftFile = { key: number; file: File; name: string };
/** A file that is being sent, or could not be sent. */
export type Transfer = {
  key: number;
  file: Blob;
  name: string;
  /** `Client.id` of the only recipient. */
  to: number | undefined;
  /** Bytes that the platform has. */
  sent: Signal<number>;
  /** Why it was not sent; undefined while it is being sent. */
  error: Signal<RTCPeerError | undefined>;
};
export type SendingModel = InstanceType<typeof Sending>;

const wrong = (expected: string, details = {}): never => {
  throw new RTCPeerError('INVALID_ARGUMENT', `file: expected ${expected}.`, { field: 'file', expected, ...details });
};

/** A name that the platform takes: shortened before its ending. */
export const sendableName = (file: Blob, given?: string): string => {
  const name = plainFileName(given ?? (file instanceof File ? file.name : '')) || 'file';
  if (name.length <= longestFileName) return name;
  const ending = /\.[^.]{1,20}$/.exec(name)?.[0] ?? '';
  return `${name.slice(0, longestFileName - ending.length).toWellFormed()}${ending}`;
};

/** Sends files in the chat, several at once. Leaving the meeting ends what is under way. */
export const Sending = createModel(
  (deps: {
    client: Pick<Client, 'call'>;
    seat: SeatModel;
    roster: RosterModel;
    fileLimits: ReadonlySignal<FileLimits | undefined>;
    receive: (message: ChatMessage) => void;
  }) => {
    const { client, seat, roster, fileLimits, receive } = deps;
    const transfers = signal<readonly Transfer[]>([]);
    const drafts = signal<readonly DraftFile[]>([]);
    /** Why the last file that was chosen cannot be sent. */
    const refusal = signal<{ name: string; error: RTCPeerError } | undefined>(undefined);
    const stops = new Map<number, (why: RTCPeerError) => void>();
    const waiting: (() => void)[] = [];
    let running = 0;
    let keys = 0;

    const forget = (key: number): void => {
      stops.delete(key);
      transfers.value = transfers.peek().filter((transfer) => transfer.key !== key);
    };
    const check = async (file: Blob): Promise<void> => {
      const limits = fileLimits.peek();
      if (!limits) throw new RTCPeerError('UNSUPPORTED', 'This platform takes no files in the chat.');
      if (file.size === 0) wrong('a file that is not empty');
      if (file.size > limits.largest) wrong(`at most ${limits.largest} bytes`, { largest: limits.largest });
      // A folder that was dropped, or a file that is gone.
      await file
        .slice(0, 1)
        .arrayBuffer()
        .catch(() => wrong('a file that can be read'));
    };
    /** Repeats a call that was throttled. */
    const patiently = async <T>(call: () => Promise<T>, left = attempts): Promise<T> => {
      try {
        return await call();
      } catch (cause) {
        const error = RTCPeerError.from(cause);
        if (error.code !== 'THROTTLED' || left <= 1) throw error;
        await new Promise((resolve) => setTimeout(resolve, Number(error.details?.retryAfter ?? 1000)));
        return await patiently(call, left - 1);
      }
    };
    const upload = async ({ file, name, to }: Transfer, stop: AbortSignal, onSent: (bytes: number) => void) => {
      stop.throwIfAborted();
      const input = { name, size: file.size, ...(to !== undefined && { otherUserId: to }) };
      const { fileId, key } = await patiently(() => client.call('meeting.beginFile', input));
      const running = createUpload({ id: fileId, key }, async () => file, {
        kind: 'chat',
        longest: part,
        attempts,
        onSent,
      });
      stop.addEventListener('abort', running.close);
      try {
        stop.throwIfAborted();
        await running.sent();
        stop.throwIfAborted();
        return (await patiently(() => client.call('meeting.finishFile', { fileId }))).message;
      } catch (error) {
        running.giveUp();
        throw error;
      }
    };
    /** Sends it once; some others before. */
    const run = async (transfer: Transfer): Promise<ChatMessage> => {
      const { key, sent, error } = transfer;
      error.value = undefined;
      sent.value = 0;
      const stop = new AbortController();
      stops.set(key, (why) => stop.abort(why));
      if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
      running++;
      try {
        const message = await upload(transfer, stop.signal, (bytes) => {
          sent.value = bytes;
        });
        forget(key);
        receive(message);
        return message;
      } catch (cause) {
        error.value = RTCPeerError.from(cause);
        throw error.value;
      } finally {
        running--;
        waiting.shift()?.();
      }
    };
    const cancel = (key: number, why = new RTCPeerError('CONFLICT', 'The upload was cancelled.')): void => {
      stops.get(key)?.(why);
      forget(key);
    };
    const cancelAll = (): void => {
      const why = new RTCPeerError('NOT_IN_MEETING', 'The meeting was left.');
      for (const { key } of transfers.peek()) cancel(key, why);
    };
    seat.follow({
      left() {
        cancelAll();
        drafts.value = [];
        refusal.value = undefined;
      },
    });
    effect(() => cancelAll);

    /**
     * Sends a file to all, or to one participant.
     *
     * @throws RTCPeerError `UNSUPPORTED`, `INVALID_ARGUMENT`, and what the server answers; `CONFLICT` when it is cancelled,
     *   `NOT_IN_MEETING` when the meeting is left
     */
    const send = async ({ file, name, to }: SentFile): Promise<ChatMessage> => {
      roster.ownClient();
      await check(file);
      const transfer: Transfer = {
        ...{ key: ++keys, file, name: sendableName(file, name), to },
        ...{ sent: signal(0), error: signal<RTCPeerError | undefined>(undefined) },
      };
      transfers.value = [...transfers.peek(), transfer];
      return await run(transfer);
    };

    return {
      transfers,
      /** What the user has chosen and not sent yet. */
      drafts,
      refusal,
      async choose(files: readonly File[]): Promise<void> {
        refusal.value = undefined;
        for (const file of files) {
          const name = sendableName(file);
          try {
            await check(file);
            drafts.value = [...drafts.peek(), { key: ++keys, file, name }].slice(-mostDrafts);
          } catch (error) {
            refusal.value = { name, error: RTCPeerError.from(error) };
          }
        }
      },
      drop(key: number): void {
        drafts.value = drafts.peek().filter((draft) => draft.key !== key);
      },
      /** Sends what was chosen. */
      sendDrafts(to: number | undefined): void {
        const chosen = drafts.peek();
        drafts.value = [];
        refusal.value = undefined;
        for (const { file, name } of chosen) void send({ file, name, to }).catch(() => {});
      },
      send,
      /** Sends one that failed again. */
      async retry(key: number): Promise<void> {
        const transfer = transfers.peek().find((one) => one.key === key);
        if (transfer?.error.peek()) await run(transfer).catch(() => {});
      },
      /** Ends one that is being sent, and forgets one that failed. */
      cancel: (key: number): void => cancel(key),
      /** A fresh address of a file, as on the wire. */
      link: async (fileId: number): Promise<string> => (await client.call('meeting.linkFile', { fileId })).link,
    };
  },
);
