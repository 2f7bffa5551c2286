import { longestMessage } from '@meetframe/contract';
import { computed, createModel, effect, signal } from '@preact/signals';
import type { AppModel } from '../model/compose.ts';

/** From this length on the user sees how many characters are left. */
const nearLimit = 4500;

export type ChatLine = {
  id: number;
  author: string;
  isOwn: boolean;
  content: string;
  time: number;
  /** False when the previous message is recent and by the same participant: the name is not shown again. */
  isFirstOfGroup: boolean;
};

const groupTime = 3 * 60_000;

export const ChatView = createModel((app: AppModel) => {
  const { chat, seat } = app.meeting;
  const isOpen = signal(false);
  const draft = signal('');
  const failed = signal(false);
  const sending = signal(false);
  const newest = computed(() => chat.lines.value.reduce((id, message) => Math.max(id, message.id), 0));
  // Messages from before entering do not count as unread.
  const seen = signal(newest.peek());

  effect(() => {
    if (isOpen.value) seen.value = newest.value;
  });

  const unread = computed(
    () => chat.lines.value.filter(({ id, userId }) => id > seen.value && !seat.ownIds.value.has(userId)).length,
  );
  const lines = computed(() =>
    chat.lines.value.map(({ id, userId, client, content, time }, index, all): ChatLine => {
      const before = all[index - 1];
      const isOwn = seat.ownIds.value.has(userId);
      const isSameAuthor = before?.userId === userId || (isOwn && before && seat.ownIds.value.has(before.userId));
      const isFirstOfGroup = !isSameAuthor || time - (before?.time ?? 0) > groupTime;
      return { id, author: client.name, isOwn, content, time, isFirstOfGroup };
    }),
  );
  const charactersLeft = computed(() =>
    draft.value.length >= nearLimit ? longestMessage - draft.value.length : undefined,
  );

  async function sendDraft(): Promise<void> {
    const content = draft.peek().trim();
    sending.value = true;
    failed.value = false;
    draft.value = '';
    try {
      await chat.say(content);
    } catch {
      // The text of a refused message is put back, unless the user has written something new.
      draft.value ||= content;
      failed.value = true;
    } finally {
      sending.value = false;
    }
  }

  const send = computed(() => (draft.value.trim() === '' || sending.value ? undefined : sendDraft));

  return {
    lines,
    unread,
    draft,
    failed,
    charactersLeft,
    send,
    write(text: string): void {
      draft.value = text.slice(0, longestMessage);
    },
    setOpen(open: boolean): void {
      isOpen.value = open;
    },
  };
});
