import { RTCPeerError } from '@meetframe/contract';
import { computed, createModel, effect } from '@preact/signals';
import type { Client } from '../../../platform/client.ts';
import type { Upload } from '../../../platform/recordUpload.ts';
import { createTaking, loadRecording, type TakingDeps } from './taking.ts';

const loadUpload = () => import('../../../platform/recordUpload.ts');

/** Records the meeting in this browser to the platform (3.31). */
export const ScreenRecord = createModel((deps: TakingDeps & { client: Pick<Client, 'call'> }) => {
  const { client, roster } = deps;
  const taking = createTaking<{ recordId: number }>(deps);
  const uploads = new Set<Upload>();

  /** Sends what closed tabs have left of their recordings. */
  const sendLeft = async (): Promise<void> => {
    const { leftovers, hold } = await loadRecording();
    const left = await leftovers('upload');
    if (left.length === 0) return;
    const { createUpload } = await loadUpload();
    for (const stored of left) {
      const { record, id } = stored.facts;
      if (!record) continue;
      const release = hold(id);
      const upload = createUpload(record, stored.blob);
      uploads.add(upload);
      try {
        await upload.finish();
        await stored.remove();
      } catch (error) {
        // The platform has ended it meanwhile, or it was deleted there.
        if (RTCPeerError.from(error).code !== 'DISCONNECTED') await stored.remove().catch(() => {});
      } finally {
        uploads.delete(upload);
        release();
      }
    }
  };

  // Where the browser denies storage nothing was left.
  void sendLeft().catch(() => {});
  effect(() => () => {
    for (const upload of uploads) upload.close();
  });

  return {
    isRecording: computed(() => taking.take.value !== undefined),
    /** The recording has ended, and the rest of it is being sent. */
    isSending: taking.isEnding,
    elapsed: taking.elapsed,
    async start(fileName?: string): Promise<{ recordId: number }> {
      const own = roster.ownClient();
      // Said before the user has to choose a screen; the server decides.
      if (own.userId === null && !roster.moderates.peek())
        throw new RTCPeerError('FORBIDDEN', 'Guests record to the platform only while they moderate.');
      const { createUpload } = await loadUpload();
      let recordId = 0;
      await taking.start(async (stored) => {
        const begun = await client.call('meeting.beginScreenRecord', { fileName });
        recordId = begun.recordId;
        const record = { id: recordId, key: begun.key };
        const upload = createUpload(record, () => stored().blob());
        uploads.add(upload);
        return {
          facts: { use: 'upload', fileName: fileName ?? '', record },
          added: upload.send,
          async finish(pieces) {
            await upload.finish();
            await pieces.remove();
            return { recordId: record.id };
          },
          ended: () => void uploads.delete(upload),
        };
      });
      return { recordId };
    },
    stop: taking.stop,
  };
});
