import { implement } from '@meetframe/contract/define';
import { recordMethods } from '@meetframe/contract/records';
import { type Caller, userOf } from '../account/caller.ts';
import { pageOf, pagesOf } from '../lists/paging.ts';
import type { RecordFiles } from './files.ts';
import type { Records } from './records.ts';

export type RecordServices = {
  records: Records;
  recordFiles: RecordFiles;
};

export const recordHandlers = ({ records, recordFiles }: RecordServices) =>
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
  });
