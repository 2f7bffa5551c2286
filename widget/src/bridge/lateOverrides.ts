import * as z from 'zod/mini';
import type { AppModel } from '../model/compose.ts';
import { addressOf } from '../model/meeting/chat.ts';
import { check } from './check.ts';
import { idOf, type Overrides } from './dispatch.ts';
import { forPage } from './relay.ts';

const muteInput = z.object({ isMute: z.boolean() });
/** The widget's own part in calls with which a page mutes. */
export const createLateOverrides = (app: AppModel) => {
  const { meeting, admissions } = app;
  return {
    'meeting.updateMute': (input) =>
      meeting.mute(check<z.output<typeof muteInput>>(muteInput, input, 'meeting.updateMute').isMute),
    // The caller's own microphone is a device of this machine. The server mutes others, and tells all in either case.
    'meeting.muteMsg': async (input, relay) => {
      if (idOf(input.userId) === meeting.seat.selfId.peek())
        await meeting.mute(check<z.output<typeof muteInput>>(muteInput, input, 'meeting.muteMsg').isMute);
      return await relay();
    },
    'meeting.getFileLink': async (_, relay) => {
      const { link } = (await relay()) as { link: string };
      return { link: addressOf(link) };
    },
    getRoomByInviteCode: async (input) => forPage(await admissions.ask(input), meeting.roster.clientOf),
  } satisfies Overrides;
};
export type LateOverrides = ReturnType<typeof createLateOverrides>;
