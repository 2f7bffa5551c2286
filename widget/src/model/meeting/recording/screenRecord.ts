import { RTCPeerError } from '@meetframe/contract';
import { batch, computed, createModel, effect, signal } from '@preact/signals';
import type { Take } from '../../../media/recording/take.ts';
import type { Client } from '../../../platform/client.ts';
import type { Upload } from '../../../platform/recordUpload.ts';
import type { CaptureModel } from '../capture.ts';
import type { RosterModel } from '../roster.ts';
import type { SeatModel } from '../seat.ts';
import type { SoundsModel } from '../sounds.ts';
import { loadRecording } from './localRecord.ts';

type Running = { recordId: number; take: Take; upload: Upload };
export type ScreenRecordModel = InstanceType<typeof ScreenRecord>;

const loadUpload = () => import('../../../platform/recordUpload.ts');

/** Records the meeting in this browser to the platform (3.31). */
export const ScreenRecord = createModel(
  (deps: {
    client: Pick<Client, 'call'>;
    seat: SeatModel;
    roster: RosterModel;
    capture: CaptureModel;
    sounds: SoundsModel;
    report: (error: RTCPeerError) => void;
  }) => {
    const { client, seat, roster, capture, sounds } = deps;
    const running = signal<Running | undefined>(undefined);
    const isStarting = signal(false);
    const isSending = signal(false);
    const code = async () => {
      const [recording, upload] = await Promise.all([loadRecording(), loadUpload()]);
      return { ...recording, ...upload };
    };
    const uploads = new Set<Upload>();
    let ending: Promise<{ recordId: number }> | undefined;

    const stop = (): Promise<{ recordId: number }> => {
      const found = running.peek();
      if (!found) return ending ?? Promise.reject(new RTCPeerError('CONFLICT', 'Nothing is being recorded here.'));
      const { recordId, take, upload } = found;
      batch(() => {
        running.value = undefined;
        isSending.value = true;
      });
      ending = (async () => {
        try {
          await take.stop();
          await upload.finish();
          await take.stored.remove();
          return { recordId };
        } finally {
          uploads.delete(upload);
          take.release();
          isSending.value = false;
          ending = undefined;
        }
      })();
      return ending;
    };
    const stopByItself = (): void => {
      stop().catch((error: unknown) => deps.report(RTCPeerError.from(error)));
    };

    const begin = async (fileName: string | undefined): Promise<{ recordId: number }> => {
      const here = seat.here();
      const { requireRecording, startTake, createUpload } = await code();
      requireRecording();
      const display = await capture.open('record');
      try {
        if (!here()) throw new RTCPeerError('NOT_IN_MEETING', 'The meeting was left meanwhile.');
        const { recordId, key } = await client.call('meeting.beginScreenRecord', { fileName });
        const record = { id: recordId, key };
        const upload = createUpload(record, () => take.stored.blob());
        const id = crypto.randomUUID();
        const take = await startTake({
          display,
          facts: { id, use: 'upload', fileName: fileName ?? '', startedAt: Date.now(), record },
          ended: stopByItself,
          added: upload.send,
          failed: (error) => {
            if (running.peek()?.take !== take) return;
            stopByItself();
            deps.report(new RTCPeerError('STORAGE_FULL', 'The recording fills this device.', undefined, error));
          },
        });
        uploads.add(upload);
        running.value = { recordId, take, upload };
        if (!here()) stopByItself();
        return { recordId };
      } catch (error) {
        for (const track of display.getTracks()) track.stop();
        throw error;
      }
    };

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
    seat.follow({
      left() {
        // A page that is being closed has no time: the rest is sent at the next visit.
        if (running.peek()?.take.isClosing() === false) stopByItself();
      },
    });
    effect(() => running.value?.take.setSounds(sounds.all.value));
    effect(() => () => {
      for (const upload of uploads) upload.close();
    });

    return {
      isRecording: computed(() => running.value !== undefined),
      /** The recording has ended, and the rest of it is being sent. */
      isSending,
      elapsed: (): number => running.peek()?.take.elapsed() ?? 0,
      async start(fileName?: string): Promise<{ recordId: number }> {
        const client = roster.ownClient();
        if (running.peek() || isStarting.peek() || isSending.peek())
          throw new RTCPeerError('CONFLICT', 'This device is recording already.');
        // Said before the user has to choose a screen; the server decides.
        if (client.userId === null && !roster.isModerator({ client }))
          throw new RTCPeerError('FORBIDDEN', 'Guests record to the platform only while they moderate.');
        isStarting.value = true;
        try {
          return await begin(fileName);
        } finally {
          isStarting.value = false;
        }
      },
      async stop(): Promise<{ recordId: number }> {
        roster.ownClient();
        return await stop();
      },
    };
  },
);
