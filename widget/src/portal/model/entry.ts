import { pastedNumber, RTCPeerError } from '@meetframe/contract';
import { createModel } from '@preact/signals';
import { isNumber, type Target } from '../../model/address.ts';
import type { Admissions } from '../../model/admissions.ts';
import type { Closed } from '../../model/roomAddress.ts';
import { closedBy, createRoomFinder, inviteCodeDigits } from '../../model/roomAddress.ts';
import type { Client } from '../../platform/client.ts';

/** An open room, with the address of its lobby for the address bar; or why it is closed. */
export type EntryResult = { reason: 'open'; address: string } | Closed;

/** A number or an invite link, as people paste it. */
export const readTyped = (text: string): Target | undefined => {
  const { number = '', key } = pastedNumber(text) ?? {};
  if (!isNumber(number)) return undefined;
  const isCode = key ? key === 'code' : number.length >= inviteCodeDigits;
  return isCode ? { code: number } : { roomId: Number(number) };
};

/**
 * Ways into a meeting from the home screen. The lobby of an open room replaces the home screen, which shows all other
 * answers.
 */
export const Entry = createModel(
  (deps: { client: Pick<Client, 'call'>; admissions: Admissions; openLobby: (target: Target) => Promise<void> }) => {
    const findRoom = createRoomFinder(deps);
    const enter = async (target: Target): Promise<EntryResult> => {
      try {
        await findRoom(target);
      } catch (cause) {
        const error = RTCPeerError.from(cause);
        const closed = closedBy(error);
        if (closed) return closed;
        throw error;
      }
      // From here on, the lobby shows problems with the room.
      void deps.openLobby(target).catch(() => undefined);
      return { reason: 'open', address: 'roomId' in target ? `#/?rd=${target.roomId}` : `#/?code=${target.code}` };
    };
    return {
      /** Enters by the number or link that {@link readTyped} finds; `undefined` when it finds none. */
      async type(text: string): Promise<EntryResult | undefined> {
        const target = readTyped(text);
        return target && (await enter(target));
      },
      /** Into an appointment that the user made or is invited to. */
      appointment: (meetingId: number): Promise<EntryResult> => enter({ code: String(meetingId) }),
    };
  },
);
