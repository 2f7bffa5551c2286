import { implement } from '@meetframe/contract/define';
import { recordUploadMethods } from '@meetframe/contract/meeting/screenRecord';
import type { Caller } from '../account/caller.ts';
import type { Uploads } from '../records/uploads.ts';
import type { Pace } from './pace.ts';

export type ScreenRecordServices = { uploads: Uploads; pace: Pace };

/** Recordings that a participant's browser makes and uploads (3.31). */
export const screenRecordHandlers = ({ uploads, pace }: ScreenRecordServices) =>
  implement(recordUploadMethods)<Caller>({
    'meeting.beginScreenRecord': async ({ fileName }, caller) => {
      const { meeting, participant } = await pace.change(caller);
      const { user } = participant;
      const { id, companyId } = meeting.room;
      return await uploads.begin({
        companyId,
        roomId: id,
        appointmentId: meeting.appointment?.id ?? null,
        userId: user?.id ?? null,
        name: fileName ?? meeting.title,
      });
    },
  });
