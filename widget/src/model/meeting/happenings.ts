import type { Participant } from '@meetframe/contract';
import { createModel, effect, untracked } from '@preact/signals';
import type { Client } from '../../platform/client.ts';
import type { ChatModel } from './chat.ts';
import type { RosterModel } from './roster.ts';
import type { SeatModel } from './seat.ts';

/** Actions of other participants, for toasts, sounds and screen readers. */
export type Happening =
  | { kind: 'joined' | 'left'; names: string[] }
  | { kind: 'hand'; name: string }
  /** `name`: the moderator. */
  | { kind: 'muted' | 'mutedAll' | 'locked' | 'unlocked' | 'recording' | 'recordStopped'; name: string }
  | { kind: 'recordEnded' }
  /** Without a name it is the user. */
  | { kind: 'moderator'; name: string | undefined }
  | { kind: 'renamed'; title: string }
  | { kind: 'chat'; name: string; text: string; isPrivate: boolean };

export const Happenings = createModel(
  (deps: { client: Pick<Client, 'on'>; seat: SeatModel; roster: RosterModel; chat: Pick<ChatModel, 'onMessage'> }) => {
    const { client, seat, roster, chat } = deps;
    const listeners = new Set<(happening: Happening) => void>();
    const tell = (happening: Happening): void => {
      for (const listener of listeners) listener(happening);
    };
    const isOwn = (id: number): boolean => seat.ownIds.peek().has(id);
    const nameOf = (id: number): string => roster.participants.peek().get(id)?.client.name ?? '';

    let before: ReadonlyMap<number, Participant> = new Map();
    const compare = (now: ReadonlyMap<number, Participant>): void => {
      const known = before;
      before = now;
      // The user's own entering and leaving are shown by the screen.
      if (known.size === 0 || now.size === 0) return;
      const namesOf = (some: Iterable<[number, Participant]>, than: ReadonlyMap<number, Participant>) =>
        [...some].filter(([id]) => !than.has(id) && !isOwn(id)).map(([, { client }]) => client.name);
      const joined = namesOf(now, known);
      const left = namesOf(known, now);
      if (joined.length > 0) tell({ kind: 'joined', names: joined });
      if (left.length > 0) tell({ kind: 'left', names: left });
    };
    effect(() => {
      const now = roster.participants.value;
      untracked(() => compare(now));
    });

    effect(() =>
      chat.onMessage(({ userId, client, content, file, private: isPrivate = false }) => {
        if (!isOwn(userId))
          tell({ kind: 'chat', name: client.name, text: file ? `📎 ${content}` : content, isPrivate });
      }),
    );

    const isHere = (roomId: number): boolean => roster.room.peek()?.id === roomId;
    effect(() =>
      client.on('meeting.onRaiseHand', ({ client: by, roomId, raised }) => {
        if (isHere(roomId) && raised && !isOwn(by.id)) tell({ kind: 'hand', name: by.name });
      }),
    );
    effect(() =>
      client.on('meeting.onMute', ({ userId, roomId, isMute, fromSuper }) => {
        const moderator = roster.room.peek()?.superModeId ?? 0;
        if (isHere(roomId) && fromSuper && isMute && isOwn(userId) && !isOwn(moderator))
          tell({ kind: 'muted', name: nameOf(moderator) });
      }),
    );
    effect(() =>
      client.on('meeting.onMuteAll', ({ userId, roomId, isMute }) => {
        if (isHere(roomId) && isMute && !isOwn(userId)) tell({ kind: 'mutedAll', name: nameOf(userId) });
      }),
    );
    effect(() =>
      client.on('meeting.onLock', ({ userId, roomId, isLocked }) => {
        if (isHere(roomId) && !isOwn(userId)) tell({ kind: isLocked ? 'locked' : 'unlocked', name: nameOf(userId) });
      }),
    );
    effect(() =>
      client.on('meeting.onRecord', ({ roomId, type, client: by }) => {
        if (!isHere(roomId) || (by && isOwn(by.id))) return;
        if (type === 'startRecord' && by) tell({ kind: 'recording', name: by.name });
        if (type === 'stopRecord') tell(by ? { kind: 'recordStopped', name: by.name } : { kind: 'recordEnded' });
      }),
    );
    effect(() =>
      client.on('meeting.onCompere', ({ userId, roomId }) => {
        if (isHere(roomId)) tell({ kind: 'moderator', name: isOwn(userId) ? undefined : nameOf(userId) });
      }),
    );
    effect(() =>
      client.on('meeting.onUpdateMeeting', ({ userId, roomId, appointmentName }) => {
        if (isHere(roomId) && !isOwn(userId)) tell({ kind: 'renamed', title: appointmentName });
      }),
    );

    return {
      /** Returns a function that removes the listener. */
      on(listener: (happening: Happening) => void): () => void {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    };
  },
);
