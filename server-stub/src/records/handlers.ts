import { implement } from '@meetframe/contract/define';
import { recordMethods } from '@meetframe/contract/records';
import { type Caller, userOf } from '../account/caller.ts';
import { pageOf, pagesOf } from '../lists/paging.ts';
import type { MediaNode } from '../media/node.ts';
import type { Meetings } from '../meeting/meetings.ts';
import type { Records } from './records.ts';

export type RecordServices = { records: Records; meetings: Pick<Meetings, 'all'>; mediaNode: MediaNode };

export const recordHandlers = ({ records, meetings, mediaNode }: RecordServices) =>
  implement(recordMethods)<Caller>({
    'record.getRecordByRange': async ({ pageNo, pageSize, ...input }, caller) => {
      const found = await records.search(input, pageOf({ pageNo, pageSize }), userOf(caller));
      return { ...found, totalPage: pagesOf(found.totalCount, pageSize) };
    },
    'record.deleteRecords': async ({ recordIds }, caller) => ({
      result: (await records.remove(recordIds, userOf(caller))) ? 0 : 1,
    }),
    'media.getMediaState': (_, caller) => {
      const user = userOf(caller);
      const counted = [...meetings.all()].filter(
        ({ room }) => user.role === 'platformAdmin' || room.companyId === user.companyId,
      );
      return {
        object: [
          {
            mediaAddress: mediaNode.address,
            mediaId: 1,
            mediaName: mediaNode.name,
            participants: counted.reduce((sum, { participants }) => sum + participants.size, 0),
            roomSize: String(counted.length),
            status: mediaNode.isWell() ? 0 : 1,
          },
        ],
      };
    },
  });
