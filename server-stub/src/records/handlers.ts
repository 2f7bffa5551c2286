import { implement } from '@meetframe/contract/define';
import { recordMethods } from '@meetframe/contract/records';
import { type Caller, userOf } from '../account/caller.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { pageOf, pagesOf } from '../lists/paging.ts';
import type { Meetings } from '../meeting/meetings.ts';
import type { RecordFiles } from './files.ts';
import type { Records } from './records.ts';

export type RecordServices = {
  records: Records;
  recordFiles: RecordFiles;
  meetings: Pick<Meetings, 'all'>;
  cluster: Pick<Cluster, 'self' | 'nodes'>;
};

export const recordHandlers = ({ records, recordFiles, meetings, cluster }: RecordServices) =>
  implement(recordMethods)<Caller>({
    'record.getRecordByRange': async ({ pageNo, pageSize, ...input }, caller) => {
      const found = await records.search(input, pageOf({ pageNo, pageSize }), userOf(caller));
      return { ...found, totalPage: pagesOf(found.totalCount, pageSize) };
    },
    'record.deleteRecords': async ({ recordIds }, caller) => ({
      result: (await records.remove(recordIds, userOf(caller))) ? 0 : 1,
    }),
    'record.makeRecordFile': async ({ recordId, format }, caller) => ({
      file: await recordFiles.want(recordId, format, userOf(caller)),
    }),
    'media.getMediaState': (_, caller) => {
      const user = userOf(caller);
      const counted = [...meetings.all()].filter(
        ({ room }) => user.role === 'platformAdmin' || room.companyId === user.companyId,
      );
      const here = {
        participants: counted.reduce((sum, { participants }) => sum + participants.size, 0),
        roomSize: String(counted.length),
      };
      return {
        object: cluster.nodes().map(({ id, name, address, isWell, load }, index) => ({
          mediaAddress: address,
          mediaId: index + 1,
          mediaName: name,
          // For other nodes only the sum over all companies is known, which only administrators of the platform may see.
          ...(id === cluster.self
            ? here
            : user.role === 'platformAdmin'
              ? { participants: load.people, roomSize: String(load.rooms) }
              : { participants: 0, roomSize: '0' }),
          status: isWell ? 0 : 1,
        })),
      };
    },
  });
