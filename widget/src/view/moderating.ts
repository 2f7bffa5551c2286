import type { Participant } from '@meetframe/contract';
import { computed, createModel, effect, signal } from '@preact/signals';
import type { AppModel } from '../model/compose.ts';
import { laterModel } from '../model/laterModel.ts';
import type { WaitingRoomOf } from '../model/meeting/waitingRoom.ts';
import type { DialogsModel } from './dialogs.ts';
import { isShownMuted } from './muted.ts';

export type PersonAction = {
  kind: 'mute' | 'askUnmute' | 'lowerHand' | 'write' | 'makeModerator' | 'rename' | 'remove';
  run: () => void;
};

/** What the user may do to participants and with the whole meeting. */
export const ModeratingView = createModel(
  (app: AppModel, deps: { dialogs: DialogsModel; writeTo: (id: number) => void }) => {
    const { roster, moderation } = app.meeting;
    /** The last action was refused. */
    const failed = signal(false);
    const attempt = (action: Promise<void>): void => {
      failed.value = false;
      action.catch(() => {
        failed.value = true;
      });
    };
    const { isModerator, moderates: mayModerate } = roster;
    /** The owner of the room cannot be removed, and takes the role back at any time. */
    const isOwner = ({ userId }: Participant): boolean =>
      userId !== null && userId === (roster.room.value?.ownerId ?? null);

    const actionsFor = (member: Participant): PersonAction[] => {
      const { id, name } = member.client;
      const isMuted = isShownMuted(app, member);
      const isSelf = member === roster.self.value;
      const moderates = mayModerate.value && !isSelf;
      const list: (PersonAction | false)[] = [
        moderates && {
          kind: isMuted ? 'askUnmute' : 'mute',
          run: () => attempt(moderation.mute(id, !isMuted)),
        },
        member.hand !== null &&
          (moderates || isSelf) && { kind: 'lowerHand', run: () => attempt(moderation.lowerHand(id)) },
        !isSelf && { kind: 'write', run: () => deps.writeTo(id) },
        !isModerator(member) &&
          (mayModerate.value || (roster.self.value !== undefined && isOwner(roster.self.value))) && {
            kind: 'makeModerator',
            run: () => attempt(moderation.makeModerator(id)),
          },
        (moderates || isSelf) && { kind: 'rename', run: () => deps.dialogs.show({ kind: 'rename', id, name }) },
        moderates && !isOwner(member) && { kind: 'remove', run: () => deps.dialogs.show({ kind: 'remove', id, name }) },
      ];
      return list.filter((action) => action !== false);
    };

    const waiting = laterModel(async () => {
      const { WaitingRoomModel } = await import('../model/meeting/waitingRoom.ts');
      return app.meeting.make(WaitingRoomModel);
    });
    effect(() => {
      if (mayModerate.value) waiting.load().catch(() => {});
    });
    const decide = (act: (model: WaitingRoomOf) => Promise<void>): void => attempt(waiting.load().then(act));

    return {
      /** The waiting room, once its code is loaded. */
      waiting: waiting.made,
      /** Without an id all. */
      admit: (id?: number) => decide((model) => model.admit(id)),
      decline: (id: number) => decide((model) => model.decline(id)),
      setWaitingRoom: (isOn: boolean) => decide((model) => model.setOn(isOn)),
      failed,
      isModerator,
      mayModerate,
      actionsFor,
      isLocked: moderation.isLocked,
      /** `undefined` where the user may not. */
      forAll: computed(() =>
        mayModerate.value
          ? {
              muteAll: () => attempt(moderation.muteAll()),
              toggleLock: () => attempt(moderation.lock(!moderation.isLocked.peek())),
            }
          : undefined,
      ),
    };
  },
);
export type ModeratingModel = InstanceType<typeof ModeratingView>;
