import { implement } from '@meetframe/contract/define';
import { chatMethods } from '@meetframe/contract/meeting/chat';
import { chatFileMethods } from '@meetframe/contract/meeting/chatFiles';
import { invitationMethods } from '@meetframe/contract/meeting/invitation';
import { moderationMethods } from '@meetframe/contract/meeting/moderation';
import { occupancyMethods } from '@meetframe/contract/meeting/occupancy';
import { reactionMethods } from '@meetframe/contract/meeting/reactions';
import { seatMethods } from '@meetframe/contract/meeting/seat';
import { waitingRoomMethods } from '@meetframe/contract/meeting/waitingRoom';
import { askerOf, type Caller, deviceOf } from '../account/caller.ts';
import type { Appointments } from '../appointments/appointments.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { fail } from '../errors.ts';
import type { Relays } from '../media/relay.ts';
import type { Access, Standing } from '../rooms/access.ts';
import type { RoomRow } from '../rooms/tables.ts';
import type { UserRow } from '../users/tables.ts';
import type { Admission } from './admission.ts';
import type { Chat } from './chat.ts';
import type { ChatFiles } from './files/chatFiles.ts';
import type { Meetings } from './meetings.ts';
import { openMedia } from './openMedia.ts';
import type { Pace } from './pace.ts';
import type { WaitingRooms } from './waitingRooms.ts';

export type MeetingServices = {
  relays: Relays;
  access: Pick<Access, 'find'>;
  cluster: Pick<Cluster, 'facts'>;
  meetings: Pick<Meetings, 'get' | 'heldBy' | 'leave' | 'keepDoor'>;
  admission: Admission;
  waitingRooms: Pick<WaitingRooms, 'list' | 'admit' | 'decline'>;
  appointments: Pick<Appointments, 'rename' | 'invitation'>;
  chat: Chat;
  chatFiles: ChatFiles;
  pace: Pace;
};

/** How many participants are named to a user who is about to enter. */
const mostNamed = 3;
/** True for a caller who may know the names of participants before entering. */
const knowsPeople = (room: RoomRow, standing: Standing, user: UserRow | undefined): boolean =>
  standing === 'guest'
    ? user !== undefined && user.companyId === room.companyId && room.password === null
    : standing !== 'early';

/** What participants do in a meeting; the rules are in the files that these lines call. */
export const meetingHandlers = (services: MeetingServices) => {
  const { access, cluster, relays, meetings, admission, waitingRooms, appointments, chat, chatFiles, pace } = services;
  const { heldBy, leave } = meetings;
  const taken = chatFiles.limits && { chatFiles: chatFiles.limits };
  return {
    ...implement(seatMethods)<Caller>({
      'meeting.enter': async (input, caller) => {
        const device = deviceOf(caller);
        using place = await admission.reserve(input, device);
        const capabilities = input.rtpCapabilities;
        const media = capabilities ? await openMedia(place, { device, capabilities, relays }) : null;
        await place.take();
        return { ...place.meeting.snapshot(place.participant), ...taken, media };
      },
      'meeting.exit': (_, caller) => {
        admission.cancel(deviceOf(caller));
        return { result: leave(caller.seat) ? 0 : 1 };
      },
      'meeting.snapshot': (_, { seat }) => {
        const { meeting, participant } = heldBy(seat);
        return { ...meeting.snapshot(participant), ...taken };
      },
    }),
    ...implement(moderationMethods)<Caller>({
      'meeting.updateMute': async ({ isMute }, caller) => {
        const { meeting, participant } = await pace.change(caller);
        await meeting.moderation.setMuted(participant, isMute);
        return { isMuted: isMute, client: meeting.bean(participant).client };
      },
      'meeting.muteMsg': async ({ userId, isMute, super: role }, caller) => {
        const { meeting, participant } = await pace.change(caller);
        await meeting.moderation.mute(participant, { userId, isMute, super: role });
        return {};
      },
      'meeting.muteAll': async ({ isMute }, caller) => {
        const { meeting, participant } = await pace.change(caller);
        await meeting.moderation.muteAll(participant, isMute);
        return {};
      },
      'meeting.kickOut': ({ userId }, { seat }) => {
        const { meeting, participant } = heldBy(seat);
        meeting.moderation.kickOut(participant, userId);
        return {};
      },
      'meeting.finish': (_, { seat }) => {
        const { meeting, participant } = heldBy(seat);
        meeting.finish(participant);
        return { result: 0 };
      },
      'meeting.raiseHand': async ({ raised = true }, caller) => {
        const { meeting, participant } = await pace.change(caller);
        meeting.moderation.raiseHand(participant, raised);
        return {};
      },
      'meeting.lowerHand': async ({ userId }, caller) => {
        (await pace.change(caller)).meeting.moderation.lowerHand(userId);
        return {};
      },
      'meeting.lock': async ({ isLocked = true }, caller) => {
        const { meeting, participant } = await pace.change(caller);
        meeting.moderation.lock(participant, isLocked);
        await meetings.keepDoor(meeting);
        return {};
      },
      'meeting.setCompere': async ({ userId }, caller) => {
        const { meeting, participant } = await pace.change(caller);
        meeting.moderation.appoint(participant, userId);
        return {};
      },
      'meeting.updateMeetingName': async ({ appointmentName, appointmentId }, caller) => {
        const { meeting, participant } = await pace.change(caller);
        const { appointment } = meeting;
        if (appointmentId && appointmentId !== appointment?.id)
          fail('NOT_FOUND', 'The meeting of this room does not belong to that appointment.', {
            field: 'appointmentId',
          });
        if (appointment) await appointments.rename(appointment.id, appointmentName);
        meeting.rename(participant, appointmentName);
        return {};
      },
      'meeting.updateClientName': async ({ userId, name }, caller) => {
        (await pace.change(caller)).meeting.moderation.rename(userId, name);
        return {};
      },
    }),
    ...implement(waitingRoomMethods)<Caller>({
      'meeting.setWaitingRoom': async ({ isOn = true }, caller) => {
        const { meeting } = await pace.change(caller);
        meeting.setWaitingRoom(isOn, 'moderator');
        await meetings.keepDoor(meeting);
        return {};
      },
      'meeting.getWaitingRoom': (_, { seat }) => waitingRooms.list(heldBy(seat).meeting),
      'meeting.admit': async ({ waitingId }, caller) => {
        waitingRooms.admit((await pace.change(caller)).meeting, waitingId);
        return {};
      },
      'meeting.decline': async ({ waitingId }, caller) => {
        await waitingRooms.decline((await pace.change(caller)).meeting, waitingId);
        return {};
      },
    }),
    ...implement(chatMethods)<Caller>({
      'meeting.chat': async ({ content, replyTo }, caller) => {
        const { meeting, participant } = await pace.chat(caller);
        return { message: await chat.say(meeting, participant, { content, replyTo }) };
      },
      'meeting.privateChat': async ({ otherUserId, content, replyTo }, caller) => {
        const { meeting, participant } = await pace.chat(caller);
        const said = { otherUserId, roomId: meeting.room.id, content, replyTo };
        return { message: meeting.privateChat.say(participant, said, meeting.chat) };
      },
    }),
    ...implement(chatFileMethods)<Caller>({
      'meeting.beginFile': async (input, caller) => await chatFiles.begin(await pace.change(caller), input),
      'meeting.finishFile': async ({ fileId }, caller) => ({
        message: await chatFiles.finish(await pace.chat(caller), fileId),
      }),
      'meeting.linkFile': async ({ fileId }, { seat }) => ({ link: await chatFiles.link(heldBy(seat), fileId) }),
    }),
    ...implement(reactionMethods)<Caller>({
      'meeting.react': async ({ reaction }, caller) => {
        const { meeting, participant } = await pace.react(caller);
        meeting.reactions.add(participant, reaction);
        return {};
      },
    }),
    ...implement(occupancyMethods)<Caller>({
      'meeting.getOccupancy': async ({ roomId }, caller) => {
        const { row, standing } = await access.find(roomId, askerOf(caller));
        const meeting = meetings.get(roomId);
        const { entry, mustWait } = await admission.outlook(row, deviceOf(caller), standing);
        const isTold = !mustWait && knowsPeople(row, standing, caller.user);
        const people = isTold ? [...(meeting?.participants.values() ?? [])] : [];
        return {
          // Another node may run the meeting.
          count: meeting?.participants.size ?? (await cluster.facts([roomId])).get(roomId)?.people ?? 0,
          numberLimit: row.numberLimit,
          entry,
          people: people.slice(0, mostNamed).map(({ client: { name, pictureurl } }) => ({ name, pictureurl })),
        };
      },
    }),
    ...implement(invitationMethods)<Caller>({
      'meeting.getInvitation': async (_, { seat }) => {
        const { room, appointment, title } = heldBy(seat).meeting;
        const planned = appointment && (await appointments.invitation(appointment.id));
        const isPublic = room.isPublic === 1;
        return {
          roomId: room.id,
          name: planned?.name ?? title,
          // Participants in a public room may not learn of a private appointment that uses it.
          inviteCode: planned && (planned.isPublic === 1 || !isPublic) ? planned.inviteCode : null,
          isPublic,
          isHasPwd: room.password !== null,
          startTime: planned ? new Date(planned.startTime).toISOString() : null,
          endTime: planned ? new Date(planned.endTime).toISOString() : null,
        };
      },
    }),
  };
};
