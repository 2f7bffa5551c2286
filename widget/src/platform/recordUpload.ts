import { RTCPeerError } from '@meetframe/contract';
import { longestPart } from '@meetframe/contract/meeting/screenRecord';

/** A file on the platform, and the key with which it is written. */
export type UploadTarget = { id: number; key: string };
export type Upload = ReturnType<typeof createUpload>;

/** Milliseconds until a failed request is repeated: doubled with each failure, up to the longest. */
const [shortest, longest] = [1000, 30_000];

const requestTo = async (address: string, key: string, init: RequestInit) => {
  const answer = await fetch(address, {
    ...init,
    headers: { 'x-upload-key': key, ...(init.body !== undefined && { 'content-type': 'application/octet-stream' }) },
  });
  const body = (await answer.json()) as { offset: number; ended?: boolean; error?: unknown };
  if (!answer.ok) throw RTCPeerError.from(body.error);
  return body;
};

/** Refusals that no repetition changes. */
const isFinal = ({ code, details }: RTCPeerError): boolean =>
  code === 'NOT_FOUND' || code === 'INVALID_ARGUMENT' || (code === 'CONFLICT' && typeof details?.offset !== 'number');

export type UploadOptions = {
  /** What is uploaded: a recording, unless given. */
  kind?: 'records' | 'chat';
  /** Bytes of a request at most. */
  longest?: number;
  /** After so many failures in a row the last one is thrown. */
  attempts?: number;
  /** Called with the bytes that the platform has. */
  onSent?: (bytes: number) => void;
};

/**
 * Sends the bytes that exist until now, and later the ones that were added. The platform says how much it has, so that nothing
 * is sent twice or left out, whatever was interrupted.
 *
 * @param whole everything that is to be on the platform in the end
 */
export const createUpload = (
  { id, key }: UploadTarget,
  whole: () => Promise<Blob>,
  { kind = 'records', longest: size = longestPart, attempts = Number.POSITIVE_INFINITY, onSent }: UploadOptions = {},
) => {
  const request = (path: string, init: RequestInit) =>
    requestTo(`upload/${kind}/${id}${path}`, key, { ...init, signal: ending.signal });
  const ending = new AbortController();
  /** How much the platform has; unknown before it was asked. */
  let offset: number | undefined;
  let failures = 0;
  let isClosed = false;
  let running: Promise<void> | undefined;
  let wake = (): void => {};

  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(() => wake(), Math.random() * Math.min(longest, shortest * 2 ** failures));
      wake = () => {
        clearTimeout(timer);
        removeEventListener('online', wake);
        resolve();
      };
      addEventListener('online', wake);
    });
  /** Repeats a request until the platform has answered it. */
  const insist = async <T>(ask: () => Promise<T>): Promise<T | undefined> => {
    while (!isClosed) {
      try {
        const answer = await ask();
        failures = 0;
        return answer;
      } catch (cause) {
        if (isClosed) return undefined;
        const error = RTCPeerError.from(cause);
        if (isFinal(error)) throw error;
        if (error.code === 'CONFLICT') {
          if (error.details?.ended) throw error;
          offset = error.details?.offset as number;
          return undefined;
        }
        if (++failures >= attempts) throw error;
        await pause();
      }
    }
    return undefined;
  };
  const sendAll = async (): Promise<void> => {
    while (!isClosed) {
      offset ??= (await insist(() => request('', {})))?.offset;
      const rest = (await whole()).slice(offset ?? 0);
      if (offset === undefined || rest.size === 0) return;
      const from = offset;
      const body = rest.slice(0, size);
      const answer = await insist(() => request(`?offset=${from}`, { method: 'PUT', body }));
      if (answer) offset = answer.offset;
      if (!isClosed && offset !== undefined) onSent?.(offset);
    }
  };
  const send = (): Promise<void> => {
    running ??= sendAll().finally(() => {
      running = undefined;
    });
    return running;
  };

  const close = (): void => {
    isClosed = true;
    ending.abort();
    wake();
  };

  return {
    /** Something was added. */
    send: (): void => void send().catch(() => {}),
    /** Sends what there is. @throws RTCPeerError when the platform does not take it, or cannot be reached in so many attempts */
    sent: send,
    /**
     * Sends the rest and ends the recording. Waits for as long as the platform cannot be reached.
     *
     * @throws RTCPeerError when the platform does not take it any more: it was ended or deleted there
     */
    async finish(): Promise<void> {
      // What is under way may have begun before the last piece was added.
      await running?.catch(() => {});
      await send();
      await insist(() => request('/finish', { method: 'POST' }));
    },
    /** Sends nothing any more. */
    close,
    /** Sends nothing any more, and the platform forgets what it has of a file for the chat. */
    giveUp(): void {
      close();
      requestTo(`upload/${kind}/${id}`, key, { method: 'DELETE' }).catch(() => {});
    },
  };
};
