import { type ErrorCode, RTCPeerError } from '@meetframe/contract/error';
import type { HostEnd, WidgetEnd } from '@meetframe/contract/frame';

type Call = { type: 'CALL'; id: string; methodPath: [keyof HostEnd]; args: never[] };
type Reply = { type: 'REPLY'; callId: number; isError?: boolean; value: unknown };
/** Messages of the widget's penpal over the port. */
type Message = Call | Reply | { type: 'DESTROY' };

type Pending = {
  /** By the page's monotonic clock; `Infinity` for a call that waits for a person. */
  deadline: number;
  settle(reply: Pick<Reply, 'isError' | 'value'>): void;
  end(code: ErrorCode, why: string): void;
};

type Ends = {
  iframe: HTMLIFrameElement;
  /** The widget's origin: messages of other origins are ignored. */
  origin: string;
  /** Keeps the frames of a page apart. */
  channel: string;
  methods: HostEnd;
  /** Milliseconds that a call may take. */
  timeout: number;
  /** A document of the widget is connected and can be called. */
  opened(): void;
  /** The connected document is gone. */
  lost(): void;
};

export type Channel = {
  /** Takes every `message` event of the page and ignores those of other frames. */
  receive(event: MessageEvent): void;
  /** To be called when the iframe has loaded a document. True when no document has sent a SYN since the last call. */
  loaded(): boolean;
  /** `title` names the call in errors; a `patient` one waits for as long as the document lives. */
  call<N extends keyof WidgetEnd>(
    name: N,
    args: Parameters<WidgetEnd[N]>,
    title: string,
    patient?: boolean,
  ): Promise<Awaited<ReturnType<WidgetEnd[N]>>>;
  /** Closes the channel: calls without an answer reject. */
  close(code: ErrorCode, why: string): void;
};

/**
 * The page's end of penpal's protocol (version 7), whose other end is penpal itself. Penpal's own implementation takes
 * two fifths of this SDK's size budget, leaves a timer of each call running after its answer, and serves one document
 * only: here a frame that reloads is connected again, and calls that it had not answered reject with `FRAME_RELOADED`.
 */
export const makeChannel = ({ iframe, origin, channel, methods, timeout, opened, lost }: Ends): Channel => {
  const header = { namespace: 'penpal', channel };
  const pending = new Map<number, Pending>();
  let count = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let port: MessagePort | undefined;
  /** Which document sent the last SYN, and which had done so when the iframe last loaded. */
  let participant: string | undefined;
  let seen: string | undefined;

  /** Calls time out in the order in which they were made, so one timer serves all of them. */
  const expire = (): void => {
    const now = performance.now();
    timer = undefined;
    for (const { deadline, end } of pending.values())
      if (deadline <= now) end('TIMEOUT', `no answer in ${timeout} ms`);
      else if (deadline < Infinity) {
        timer = setTimeout(expire, deadline - now);
        return;
      }
  };
  const close = (code: ErrorCode, why: string): void => {
    clearTimeout(timer);
    timer = undefined;
    port?.close();
    port = undefined;
    for (const { end } of pending.values()) end(code, why);
  };
  const lose = (): void => {
    if (!port) return;
    // First, so that a call made in a rejection handler waits for the next document.
    lost();
    close('FRAME_RELOADED', 'the frame reloaded');
  };
  const answer = async (to: MessagePort, { id, methodPath: [name], args }: Call): Promise<void> => {
    const reply = { ...header, type: 'REPLY', callId: id };
    try {
      to.postMessage({ ...reply, value: await (methods[name] as (...given: never[]) => unknown)(...args) });
    } catch (error) {
      to.postMessage({ ...reply, isError: true, value: RTCPeerError.from(error).toJSON() });
    }
  };
  const use = (next: MessagePort): void => {
    port = next;
    next.onmessage = ({ data }: MessageEvent<Message>) => {
      // A message of a document that is gone may arrive late.
      if (next !== port) return;
      if (data.type === 'CALL') void answer(next, data);
      else if (data.type === 'DESTROY') lose();
      else pending.get(data.callId)?.settle(data);
    };
    opened();
  };

  return {
    receive({ source, origin: from, data, ports: [next] }) {
      if (source !== iframe.contentWindow || from !== origin || data?.channel !== channel) return;
      const post = (message: object) => (source as Window).postMessage({ ...header, ...message }, origin);
      // The widget sends the first message: one to a window that still shows about:blank would log an error in the
      // console.
      if (data.type === 'SYN' && data.participantId !== participant) {
        lose();
        participant = data.participantId;
        // The side whose id sorts last leads the handshake. Penpal's ids are hexadecimal, so that is this side, and the
        // widget makes the port.
        post({ type: 'SYN', participantId: '~' });
        post({ type: 'ACK1', methodPaths: Object.keys(methods).map((name) => [name]) });
      }
      if (data.type === 'ACK2' && next) use(next);
    },
    loaded() {
      // A reload that loads another document than the widget, such as an error page, sends no SYN.
      const silent = participant === seen;
      if (silent) lose();
      seen = participant;
      return silent;
    },
    call: (name, args, title, patient) =>
      new Promise((resolve, reject) => {
        const id = ++count;
        const settle: Pending['settle'] = ({ isError, value }) => {
          pending.delete(id);
          if (isError) reject(RTCPeerError.from(value));
          else resolve(value as never);
        };
        const end: Pending['end'] = (code, why) =>
          settle({ isError: true, value: { code, message: `${title}: ${why}` } });
        pending.set(id, { deadline: patient ? Infinity : performance.now() + timeout, settle, end });
        if (!patient) timer ??= setTimeout(expire, timeout);
        try {
          port?.postMessage({ ...header, type: 'CALL', id, methodPath: [name], args });
        } catch (error) {
          end('INVALID_ARGUMENT', (error as Error).message);
        }
      }),
    close,
  };
};
