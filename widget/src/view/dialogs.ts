import { createModel, signal } from '@preact/signals';

/** A dialog over the meeting; one at most. */
export type MeetingDialog =
  | { kind: 'remove' | 'rename'; id: number; name: string }
  | { kind: 'renameMeeting'; name: string }
  | { kind: 'finish' | 'invite' | 'shortcuts' };

export const DialogsView = createModel(() => {
  const dialog = signal<MeetingDialog | undefined>(undefined);
  return {
    dialog,
    show(next: MeetingDialog): void {
      dialog.value = next;
    },
    close(): void {
      dialog.value = undefined;
    },
  };
});
export type DialogsModel = InstanceType<typeof DialogsView>;
