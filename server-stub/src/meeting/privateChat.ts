import type { ChatMessage } from '@meetframe/contract/beans';
import { fail } from '../errors.ts';
import { quoteOf, type Said } from './chat.ts';
import { type Participant, participantOf } from './participant.ts';

/** Most private lines that a meeting keeps, in all and of one sender. */
const keptLines = 1000;
const keptOfSender = 100;
/** Ids of private lines; those of stored lines count from 1, those of lines sent before they were stored from 2^30. */
const firstId = 2 ** 29;

type Lines = readonly ChatMessage[];
const isBetween = ({ userId, otherUserId }: ChatMessage, id: number): boolean => userId === id || otherUserId === id;

/** The private messages of a meeting. They are kept in memory only, for sender and recipient. */
export class PrivateChat {
  readonly #participants: ReadonlyMap<number, Participant>;
  #lines: ChatMessage[] = [];
  #lastId = firstId;

  constructor(participants: ReadonlyMap<number, Participant>) {
    this.#participants = participants;
  }

  /** What a participant has sent and got, oldest first. */
  of(clientId: number): ChatMessage[] {
    return this.#lines.filter(({ userId, otherUserId }) => userId === clientId || otherUserId === clientId);
  }

  /** @throws RTCPeerError `NOT_FOUND` for a recipient who is not in the meeting, `CONFLICT` when it is the sender */
  recipient(from: Participant, otherUserId: number): Participant {
    const other = participantOf(this.#participants, otherUserId, 'otherUserId');
    return other !== from
      ? other
      : fail('CONFLICT', 'The recipient of a private message must be another participant.', { field: 'otherUserId' });
  }

  /**
   * Sends a line to its sender and its recipient.
   *
   * @param common the lines that all participants have got: a private one may reply to them, too
   * @throws RTCPeerError as `recipient` does, and `NOT_FOUND` when `replyTo` is not a line that both have
   */
  say(from: Participant, { otherUserId, ...said }: Said & { otherUserId: number; roomId: number }, common: Lines) {
    const other = this.recipient(from, otherUserId);
    const { author } = from;
    const both = [...common, ...this.of(from.id).filter((line) => isBetween(line, other.id))];
    const { replyTo, ...rest } = said;
    const message: ChatMessage = {
      ...{
        ...rest,
        id: ++this.#lastId,
        userId: author.id,
        otherUserId,
        client: author,
        time: Date.now(),
        private: true,
      },
      ...(replyTo !== undefined && { replyTo: quoteOf(both, replyTo) }),
    };
    this.#keep(message);
    for (const one of [from, other]) one.emit('meeting.onPrivateChat', message);
    return message;
  }

  #keep(message: ChatMessage): void {
    const own = this.#lines.filter(({ userId }) => userId === message.userId);
    const surplus = own.length >= keptOfSender ? own[0] : this.#lines.length >= keptLines ? this.#lines[0] : undefined;
    this.#lines = [...this.#lines.filter((line) => line !== surplus), message];
  }
}
