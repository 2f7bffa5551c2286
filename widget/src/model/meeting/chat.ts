import type { ChatMessage, FileLimits, PageEvents } from '@meetframe/contract';
import { batch, createModel, effect, signal } from '@preact/signals';
import type { Client } from '../../platform/client.ts';
import type { Emit } from '../events.ts';
import { laterModel } from '../laterModel.ts';
import type { RosterModel } from './roster.ts';
import type { SeatModel } from './seat.ts';

/** Makes a relative address from the wire absolute. */
export const addressOf = (link: string): string => new URL(link, document.baseURI).href;

const inOrder = (a: ChatMessage, b: ChatMessage): number => a.time - b.time || a.id - b.id;

/** The chat messages, oldest first: those to all, and the private ones that the user sent or got. */
export const Chat = createModel(
  (deps: { client: Pick<Client, 'on' | 'call'>; seat: SeatModel; roster: RosterModel; emit: Emit }) => {
    const { client, seat, roster, emit } = deps;
    const lines = signal<readonly ChatMessage[]>([]);
    /** Which files may be sent; undefined where the platform takes none. */
    const fileLimits = signal<FileLimits | undefined>(undefined);
    const known = new Set<number>();
    const listeners = new Set<(message: ChatMessage) => void>();

    /** A message as pages get it, with its author as a whole client. */
    const forPage = ({ file, ...message }: ChatMessage): PageEvents['onChat'] => ({
      ...message,
      ...(file && { file: { ...file, link: addressOf(file.link) } }),
      client: roster.clientOf(message.client),
    });
    const tell = (message: ChatMessage): void => {
      emit(message.private ? 'onPrivateChat' : 'onChat', forPage(message));
      for (const listener of listeners) listener(message);
    };
    const add = (message: ChatMessage): void => {
      if (known.has(message.id)) return;
      known.add(message.id);
      const before = lines.peek();
      const last = before.at(-1);
      const next = [...before, message];
      lines.value = last && inOrder(last, message) > 0 ? next.sort(inOrder) : next;
      tell(message);
    };
    const receive = (message: ChatMessage): void => {
      if (roster.room.peek()?.id === message.roomId) batch(() => add(message));
    };
    const clear = (): void => {
      known.clear();
      lines.value = [];
    };

    seat.follow({
      taken({ chat, chatFiles }, before) {
        fileLimits.value = chatFiles;
        const wasKnown = new Set(known);
        clear();
        for (const { id } of chat) known.add(id);
        lines.value = chat.toSorted(inOrder);
        // Messages from before the user entered are history and no events.
        if (before !== null) for (const message of lines.peek()) if (!wasKnown.has(message.id)) tell(message);
      },
      left: clear,
    });
    const sending = laterModel(
      async () => new (await import('./sending.ts')).Sending({ client, seat, roster, fileLimits, receive }),
    );
    effect(() => client.on('meeting.onChat', receive));
    effect(() => client.on('meeting.onPrivateChat', receive));

    return {
      lines,
      fileLimits,
      /** Calls the listener with each new message, the own ones too. Returns a function that removes it. */
      onMessage(listener: (message: ChatMessage) => void): () => void {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
      /** The files that are being sent; loaded by the first of them. */
      sending,
      forPage,
      /**
       * Sends a message to all, or to the participant with the id `to` only.
       *
       * @param replyTo id of the line to which it replies
       */
      async say(content: string, to?: number, replyTo?: number): Promise<void> {
        roster.ownClient();
        const said = { content, replyTo };
        const { message } =
          to === undefined
            ? await client.call('meeting.chat', said)
            : await client.call('meeting.privateChat', { ...said, otherUserId: to });
        receive(message);
      },
    };
  },
);
export type ChatModel = InstanceType<typeof Chat>;
