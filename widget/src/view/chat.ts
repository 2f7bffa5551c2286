import { type ChatFile, longestMessage, type Quote } from '@meetframe/contract';
import { computed, createModel, effect, signal } from '@preact/signals';
import type { AppModel } from '../model/compose.ts';

/** From this length on the user sees how many characters are left. */
const nearLimit = 4500;

/** The participant to whom a message goes or went; `undefined`: all. */
export type Recipient = { id: number; name: string; hasLeft: boolean };
export type ChatLine = {
  id: number;
  author: string;
  isOwn: boolean;
  content: string;
  file: ChatFile | undefined;
  /** The line that it replies to. */
  replyTo: Quote | undefined;
  time: number;
  /** False when the previous message is recent, by the same participant and to the same ones: the name is not shown again. */
  isFirstOfGroup: boolean;
  /** The other participant of a private message. */
  privateWith: Recipient | undefined;
};

const groupTime = 3 * 60_000;

export const ChatView = createModel((app: AppModel) => {
  const { chat, seat, roster } = app.meeting;
  const isOpen = signal(false);
  const draft = signal('');
  const failed = signal(false);
  /** What is being sent, until it is among the lines. */
  const pending = signal<string | undefined>(undefined);
  const recipient = signal<number | undefined>(undefined);
  const quoted = signal<ChatLine | undefined>(undefined);
  // Messages from before entering do not count as unread.
  const seen = signal<ReadonlySet<number>>(new Set(chat.lines.peek().map(({ id }) => id)));
  const isOwnId = (id: number): boolean => seat.ownIds.value.has(id);

  effect(() => {
    if (isOpen.value) seen.value = new Set(chat.lines.value.map(({ id }) => id));
  });

  const unread = computed(
    () => chat.lines.value.filter(({ id, userId }) => !seen.value.has(id) && !isOwnId(userId)).length,
  );
  /** The last names of all who are or were here. */
  const names = new Map(chat.lines.peek().map(({ client: { id, name } }) => [id, name]));
  effect(() => {
    for (const { client } of roster.members.value) names.set(client.id, client.name);
  });
  const person = (id: number): Recipient => {
    const present = roster.participants.value.get(id)?.client;
    return { id, name: present?.name ?? names.get(id) ?? '', hasLeft: !present };
  };
  const lines = computed(() =>
    chat.lines.value.map((line, index, all): ChatLine => {
      const { id, userId, client, content, file, replyTo, time, otherUserId } = line;
      const before = all[index - 1];
      const isOwn = isOwnId(userId);
      const isSameAuthor = before?.userId === userId || (isOwn && before && isOwnId(before.userId));
      const isSameTo = before?.otherUserId === otherUserId;
      const isFirstOfGroup = !isSameAuthor || !isSameTo || time - (before?.time ?? 0) > groupTime;
      const other = otherUserId === undefined ? undefined : isOwn ? otherUserId : userId;
      const privateWith = other === undefined ? undefined : person(other);
      return { id, author: client.name, isOwn, content, file, replyTo, time, isFirstOfGroup, privateWith };
    }),
  );
  const charactersLeft = computed(() =>
    draft.value.length >= nearLimit ? longestMessage - draft.value.length : undefined,
  );
  const to = computed<Recipient | undefined>(() =>
    recipient.value === undefined ? undefined : person(recipient.value),
  );

  /** The line that the draft replies to. A private line can be replied to only privately, to its other participant. */
  const replyTo = computed(() => {
    const line = quoted.value;
    return line?.privateWith && line.privateWith.id !== recipient.value ? undefined : line;
  });

  async function sendDraft(): Promise<void> {
    const content = draft.peek().trim();
    const to = replyTo.peek();
    pending.value = content;
    failed.value = false;
    draft.value = '';
    quoted.value = undefined;
    try {
      await chat.say(content, recipient.peek(), to?.id);
    } catch {
      quoted.value ??= to;
      // The text of a refused message is put back, unless the user has written something new.
      draft.value ||= content;
      failed.value = true;
    } finally {
      pending.value = undefined;
    }
  }

  // A private message to a participant who has left must not be sent to others.
  const send = computed(() =>
    draft.value.trim() === '' || pending.value !== undefined || to.value?.hasLeft ? undefined : sendDraft,
  );

  return {
    lines,
    unread,
    draft,
    failed,
    pending,
    charactersLeft,
    send,
    to,
    replyTo,
    /** The last name of a participant who is or was in the meeting. */
    nameOf: (id: number): string => person(id).name,
    /** Whether the user may send files. */
    maySendFiles: computed(() => app.parts.value.chat && app.parts.value.files && chat.fileLimits.value !== undefined),
    /** The next message replies to this line; `undefined`: to none. */
    replyWith(line: ChatLine | undefined): void {
      quoted.value = line;
      if (line?.privateWith) recipient.value = line.privateWith.id;
    },
    /** All who can get a private message, by name. */
    recipients: computed(() =>
      roster.others.value
        .map(({ client: { id, name } }) => ({ id, name }))
        .sort((a, b) => a.name.localeCompare(b.name, app.locale.value)),
    ),
    /** From now on the user writes to this participant only; `undefined`: to all. */
    writeTo(id: number | undefined): void {
      recipient.value = id;
    },
    write(text: string): void {
      draft.value = text.slice(0, longestMessage);
    },
    setOpen(open: boolean): void {
      isOpen.value = open;
    },
  };
});
