import { implement } from '@meetframe/contract/define';
import { chatMethods } from '@meetframe/contract/meeting/chat';
import { moderationMethods } from '@meetframe/contract/meeting/moderation';
import { seatMethods } from '@meetframe/contract/meeting/seat';
import { type Caller, deviceOf } from '../account/caller.ts';
import type { Config } from '../config.ts';
import type { Admission } from './admission.ts';
import type { Chat } from './chat.ts';
import type { Meetings } from './meetings.ts';
import { openMedia } from './openMedia.ts';

export type MeetingServices = {
  config: Pick<Config, 'TURN_SECRET'>;
  meetings: Pick<Meetings, 'heldBy' | 'leave'>;
  admission: Admission;
  chat: Chat;
};

/** What participants do in a meeting; the rules are in the files that these lines call. */
export const meetingHandlers = ({ config, meetings, admission, chat }: MeetingServices) => {
  const { heldBy, leave } = meetings;
  return {
    ...implement(seatMethods)<Caller>({
      'meeting.enter': async (input, caller) => {
        const device = deviceOf(caller);
        using place = await admission.reserve(input, device);
        const capabilities = input.rtpCapabilities;
        const media = capabilities
          ? await openMedia(place, { device, capabilities, secret: config.TURN_SECRET })
          : null;
        await place.take();
        return { ...place.meeting.snapshot(place.participant), media };
      },
      'meeting.exit': (_, caller) => {
        admission.cancel(deviceOf(caller));
        return { result: leave(caller.seat) ? 0 : 1 };
      },
      'meeting.snapshot': (_, { seat }) => {
        const { meeting, participant } = heldBy(seat);
        return meeting.snapshot(participant);
      },
    }),
    ...implement(moderationMethods)<Caller>({
      'meeting.updateMute': async ({ isMute }, { seat }) => {
        const { meeting, participant } = heldBy(seat);
        await meeting.moderation.setMuted(participant, isMute);
        return { isMuted: isMute, client: meeting.bean(participant).client };
      },
      'meeting.muteMsg': async ({ userId, isMute, super: role }, { seat }) => {
        const { meeting, participant } = heldBy(seat);
        await meeting.moderation.mute(participant, { userId, isMute, super: role });
        return {};
      },
    }),
    ...implement(chatMethods)<Caller>({
      'meeting.chat': async ({ content }, { seat }) => {
        const { meeting, participant } = heldBy(seat);
        return { message: await chat.say(meeting, participant, content) };
      },
    }),
  };
};
