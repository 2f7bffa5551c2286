import { RTCPeerError } from '@meetframe/contract';
import type { AppModel } from '../model/compose.ts';
import type { LocalHandlers } from './own.ts';

/** The method that opens the devices and publishes them. */
export const createPublishHandler = ({ devices, meeting }: AppModel) =>
  ({
    'meeting.publish': async (input) => {
      const { minFrameRate, maxFrameRate, device, useCamera, useMic } = input;
      if (minFrameRate !== undefined && maxFrameRate !== undefined && minFrameRate > maxFrameRate)
        throw new RTCPeerError('INVALID_ARGUMENT', 'meeting.publish: minFrameRate is above maxFrameRate.', {
          field: 'minFrameRate',
          expected: `at most maxFrameRate (${maxFrameRate})`,
        });
      meeting.roster.ownClient();
      const wantsCamera =
        !meeting.roster.isAudioOnly.peek() &&
        input.video &&
        input.useVideo !== false &&
        (device?.video?.code ?? 1000) === 1000;
      const wantsMicrophone = input.audio && (device?.audio?.code ?? 1000) === 1000;
      const definition = input.definition ?? meeting.roster.room.peek()?.definition;
      devices.constrainVideo({ definition, minFrameRate, maxFrameRate });
      await devices.choose({
        ...(useCamera && useCamera !== 'any' && wantsCamera && { camera: useCamera }),
        ...(useMic && useMic !== 'any' && wantsMicrophone && { microphone: useMic }),
      });
      const opened = await Promise.allSettled([devices.setMicrophone(wantsMicrophone), devices.setCamera(wantsCamera)]);
      const asked = [wantsMicrophone, wantsCamera];
      const refusals = opened.flatMap((each, index) =>
        asked[index] && each.status === 'rejected' ? [RTCPeerError.from(each.reason)] : [],
      );
      // Publishing works without a missing device. If all wanted devices are refused, the page gets the error.
      const refusal = refusals.find(({ code }) => code !== 'DEVICE_NOT_FOUND');
      if (refusal && refusals.length === asked.filter(Boolean).length) throw refusal;
      return meeting.publish({ localTag: input.localTag ?? input.domId, remoteTag: input.remoteTag });
    },
  }) satisfies Partial<LocalHandlers>;
