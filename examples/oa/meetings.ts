import { type Platform, PlatformError, type SignedOn } from '../platform.ts';
import type { Calendar, Entry } from './calendar.ts';
import { type Directory, person } from './directory.ts';

/** Calendar entries as appointments of the platform (sections 2.19, 2.21, 2.22). */
export const createMeetings = (platform: Platform, calendar: Calendar, directory: Directory) => {
  /** Requests for the same entry run one after the other, so that two clicks at the same moment make one appointment. */
  const running = new Map<string, Promise<unknown>>();
  const oneByOne = <T>(entry: Entry, act: () => Promise<T>): Promise<T> => {
    const before = running.get(entry.id) ?? Promise.resolve();
    const mine = before.then(act, act);
    running.set(entry.id, mine);
    const done = () => {
      if (running.get(entry.id) === mine) running.delete(entry.id);
    };
    mine.then(done, done);
    return mine;
  };

  const detailsOf = ({ title, start, minutes, attendees }: Entry) => ({
    name: title,
    startTime: start,
    endTime: new Date(Date.parse(start) + minutes * 60_000).toISOString(),
    // Only the members on the list may enter.
    isPublic: false,
    members: attendees.map((account) => ({ codeId: account, name: person(account).name, role: 2 })),
  });

  const isMissing = (error: unknown): boolean => error instanceof PlatformError && error.code === 'NOT_FOUND';
  /** Undefined when it was deleted on the platform. */
  const ifThere = async <T>(answer: Promise<T>): Promise<T | undefined> => {
    try {
      return await answer;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  };

  const bring = (entry: Entry): Promise<void> =>
    platform.as(person(entry.organiser), async ({ SID }) => {
      const details = detailsOf(entry);
      const saved = JSON.stringify(details);
      const meetingId = entry.meeting?.meetingId;
      const call = (method: string, params: object) => platform.call('appointment', method, { SID, ...params });
      const isSaved = entry.meeting?.saved === saved;
      if (isSaved && (await ifThere(call('queryAppointmentById', { meetingId })))) return;
      // The platform can only invite users it knows, and it knows them from their first sign-on.
      if (!isSaved) await Promise.all(entry.attendees.map(directory.userIdOf));
      const changed = entry.meeting && (await ifThere(call('updateAppointment', { meetingId, ...details })));
      const made = (changed ?? (await call('createAppointment', details))) as Omit<
        NonNullable<Entry['meeting']>,
        'saved'
      >;
      calendar.change(entry, {
        meeting: { meetingId: made.meetingId, roomId: made.roomId, inviteCode: made.inviteCode, saved },
      });
    });

  return {
    /** Makes sure that the platform has the entry as it stands, and signs the person on who wants to go there. */
    open: (entry: Entry, account: string): Promise<SignedOn & { roomId: number; name: string }> =>
      oneByOne(entry, async () => {
        await bring(entry);
        const { name } = person(account);
        return { ...(await platform.signOn(person(account))), roomId: entry.meeting?.roomId ?? 0, name };
      }),
    /** Updates the appointment if the entry has one, so that people who wait in the room see the new time. */
    changed: (entry: Entry): Promise<void> =>
      oneByOne(entry, async () => {
        if (entry.meeting) await bring(entry);
      }),
    /** False while the meeting runs. */
    cancel: (entry: Entry): Promise<boolean> =>
      oneByOne(entry, async () => {
        const { meeting } = entry;
        if (!meeting) return true;
        const { meetingId } = meeting;
        const answer = await platform.as(person(entry.organiser), ({ SID }) =>
          ifThere(platform.call('appointment', 'deleteAppointment', { SID, meetingId })),
        );
        return answer === undefined || answer.result === 0;
      }),
  };
};
