import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { WirePayload } from '@meetframe/contract/api';
import type { RecordReason } from '@meetframe/contract/beans';
import type { RecordLayout } from '@meetframe/contract/meeting/record';
import { fail } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Meeting } from '../meeting/meeting.ts';
import type { Held, Meetings } from '../meeting/meetings.ts';
import type { Participant } from '../meeting/participant.ts';
import type { Records } from '../records/records.ts';
import { requireSpace } from '../records/space.ts';
import type { Jobs } from './jobs.ts';
import { Recording } from './recording.ts';

/** A recording may be asked for this long before it begins. */
const furthest = 24 * 3600_000;

type Options = {
  records: Records;
  jobs: Jobs;
  meetings: Pick<Meetings, 'events'>;
  settings: { folder: string; videos: number; leaveFree: number; layout: RecordLayout; isAnnounced: boolean };
  /** Captured media are ready to be made into a file. */
  captured(): void;
  log: Log;
};

type StartOptions = {
  fileName?: string | undefined;
  startTime?: number | undefined;
  layout?: RecordLayout | undefined;
};

/** The progress of a recording after it has ended: processing, ready or failed. */
export type Happened = Omit<WirePayload<'meeting.onRecord'>, 'roomId' | 'recordId' | 'client'>;

/** The recording of a meeting, from when it was asked for until everything is written. */
type Current = {
  recordId: number;
  folder: string;
  name: string;
  layout: RecordLayout;
  by: Participant;
  /** When it begins, ms since 1970. */
  at: number;
  /** Settles when the database has it. */
  stored: Promise<void>;
  /** Waits for its start time. */
  timer?: NodeJS.Timeout;
  recording?: Recording;
  /** Settles when media are being written, or when it was ended before. */
  beginning?: Promise<void>;
  /** Set once it is to end. */
  ending?: Promise<void>;
};

/** The name of a recording whose caller gave none: the date and the time, in UTC. */
const nameOf = (time: number): string => new Date(time).toISOString().slice(0, 19).replace('T', ' ');

/** Starts and ends the recordings of this node's meetings (3.35, 3.36). */
export const makeRecordings = ({ records, jobs, meetings, settings, captured, log }: Options) => {
  const running = new Map<Meeting, Current>();
  /** Recordings of running meetings that have ended. */
  const ended = new WeakMap<Meeting, Set<number>>();
  /** The running meeting of each recording, whose participants get events about it. */
  const homes = new Map<number, Meeting>();
  let closing = false;

  const checkDisk = (): Promise<void> => requireSpace(settings.folder, settings.leaveFree, 'Nothing can be recorded');

  const end = (
    meeting: Meeting,
    current: Current,
    { by, reason }: { by?: Participant; reason?: RecordReason } = {},
  ): Promise<void> => {
    current.ending ??= (async () => {
      clearTimeout(current.timer);
      const isStored = await current.stored.then(
        () => true,
        () => false,
      );
      if (!isStored) return;
      const { recordId } = current;
      const endTime = Date.now();
      const wasOn = meeting.recording?.recordId === recordId;
      if (wasOn) meeting.recording = undefined;
      const all = ended.get(meeting) ?? new Set();
      ended.set(meeting, all.add(recordId));
      if (wasOn)
        meeting.tell('meeting.onRecord', {
          roomId: meeting.room.id,
          recordId,
          type: 'stopRecord',
          client: by?.author ?? null,
          ...(reason ? { reason } : {}),
        });
      try {
        await current.recording?.stop(reason ?? 'stopped');
        // It may have been deleted meanwhile, with its company for instance.
        if (wasOn && (await records.row(recordId))) {
          await records.processing(recordId, { progress: 0, endTime, ...(reason ? { reason } : {}) });
          await jobs.release(recordId);
          captured();
        } else {
          await records.removeLater([current.folder]);
          await records.finish(recordId, { duration: 0, failed: true, reason: reason ?? 'cancelled', endTime });
          await jobs.drop(recordId);
          await current.beginning?.catch(() => undefined);
          await records.removeLeftovers();
        }
      } catch (error) {
        // The lease of its job expires; then another process continues it as after a crash.
        log.error({ err: error, recordId }, 'the end of a recording could not be stored');
      } finally {
        if (running.get(meeting) === current) running.delete(meeting);
      }
    })();
    return current.ending;
  };

  /** Begins to capture; answers when media are being written. */
  const begin = async (meeting: Meeting, current: Current): Promise<void> => {
    const { recordId, name, layout, by } = current;
    const folder = join(settings.folder, current.folder);
    await mkdir(folder, { mode: 0o700 });
    if (current.ending) return;
    const recording = new Recording({
      meeting,
      folder,
      start: { recordId, name, startedBy: by.client.name, layout },
      settings,
      log,
      onFailed: (reason) => void end(meeting, current, { reason }),
    });
    current.recording = recording;
    await recording.open();
    if (current.ending) return;
    const startedAt = Date.now();
    const about = { recordId, startedAt, ...(settings.isAnnounced && { isAnnounced: true }) };
    meeting.recording = { ...about, by: by.author };
    meeting.tell('meeting.onRecord', {
      ...about,
      roomId: meeting.room.id,
      type: 'startRecord',
      client: by.author,
    });
    log.info({ recordId, roomId: meeting.room.id }, 'a recording has begun');
  };

  /** Stores that the meeting is going to be recorded, so that no second recording starts. */
  const prepare = (
    meeting: Meeting,
    by: Participant,
    { name, layout, at }: { name?: string | undefined; layout: RecordLayout; at: number },
  ) => {
    const secret = randomBytes(12).toString('hex');
    const current: Current = {
      ...{ recordId: 0, folder: `work-${secret}`, name: name ?? nameOf(at), layout, by, at },
      stored: Promise.resolve(),
    };
    running.set(meeting, current);
    const row = {
      companyId: meeting.room.companyId,
      roomId: meeting.room.id,
      appointmentId: meeting.appointment?.id ?? null,
      userId: by.user?.id ?? null,
      name: current.name,
      file: `record-${secret}.mp4`,
      startTime: at,
    };
    const store = async (): Promise<void> => {
      try {
        await checkDisk();
        current.recordId = await jobs.capture(current.folder, (within) => records.begin(row, within));
      } catch (error) {
        running.delete(meeting);
        throw error;
      }
    };
    current.stored = store();
    return current;
  };

  meetings.events.on('ended', (meeting) => {
    const current = running.get(meeting);
    if (current) void end(meeting, current);
    for (const [recordId, home] of homes) if (home === meeting) homes.delete(recordId);
  });

  /** Renews the leases of recordings that this server captures. */
  const renewing = setInterval(() => {
    const own = [...running.values()].map(({ recordId }) => recordId);
    jobs.renew(own).catch((error) => log.warn({ err: error }, 'the leases of recordings could not be renewed'));
  }, 4000);

  return {
    /** Records a meeting, or is going to at `startTime` (ms since 1970). @returns the id of the recording */
    async start(
      { meeting, participant: by }: Held,
      { fileName, startTime, layout = settings.layout }: StartOptions,
    ): Promise<number> {
      const now = Date.now();
      if (startTime !== undefined && startTime > now + furthest)
        fail('INVALID_ARGUMENT', 'startTime should be at most 24 hours from now.', {
          field: 'startTime',
          expected: 'a time at most 24 hours from now',
        });
      for (;;) {
        const other = running.get(meeting);
        if (!other) break;
        await (other.ending ?? other.stored.catch(() => undefined));
        if (running.get(meeting) === other && !other.ending)
          fail('CONFLICT', 'This meeting is being recorded already, or is going to be.', { recordId: other.recordId });
      }
      const current = prepare(meeting, by, { name: fileName, layout, at: Math.max(now, startTime ?? now) });
      const { at } = current;
      await current.stored;
      const { recordId } = current;
      homes.set(recordId, meeting);
      if (closing || meeting.seats === 0) {
        await end(meeting, current);
        return fail('CONFLICT', 'The meeting is over.');
      }
      if (current.ending) return recordId;
      const failed = async (error: unknown): Promise<never> => {
        log.error({ err: error, recordId }, 'a recording could not begin');
        await end(meeting, current, { reason: 'captureFailed' });
        return fail('INTERNAL', 'The recording could not begin.', { recordId });
      };
      const beginNow = (): Promise<void> => {
        current.beginning = begin(meeting, current);
        return current.beginning.catch(failed);
      };
      if (at > now) current.timer = setTimeout(() => void beginNow().catch(() => undefined), at - now);
      else await beginNow();
      return recordId;
    },

    /** Ends a recording of this meeting; one that has ended stays as it is. @throws RTCPeerError `NOT_FOUND` */
    async stop({ meeting, participant: by }: Held, recordId: number): Promise<void> {
      const current = running.get(meeting);
      if (current?.recordId === recordId) return await end(meeting, current, { by });
      if (!ended.get(meeting)?.has(recordId))
        fail('NOT_FOUND', `This meeting has no recording ${recordId}.`, { field: 'recordId' });
    },

    /** Tells the participants of a recording's meeting, if that still runs. */
    tell(recordId: number, happened: Happened): void {
      const meeting = homes.get(recordId);
      meeting?.tell('meeting.onRecord', { roomId: meeting.room.id, recordId, client: null, ...happened });
    },
    /** Ids of the processes that capture now, by recording. */
    pids: () => new Map([...running.values()].map(({ recordId, recording }) => [recordId, recording?.pid])),

    /** Ends all recordings; what was captured stays for the next start. */
    async close(): Promise<void> {
      closing = true;
      clearInterval(renewing);
      await Promise.all([...running].map(([meeting, current]) => end(meeting, current)));
    },
  };
};
export type Recordings = ReturnType<typeof makeRecordings>;
