import { RTCPeerError } from '@meetframe/contract';
import type { AppModel } from '../model/compose.ts';
import type { Layer } from '../model/meeting/tiles.ts';
import type { LocalHandlers } from './own.ts';

type Sim = Layer | 'auto' | undefined;
/** The default is the large layer; `auto` is no fixed layer. */
const layerOf = (sim: Sim): Layer | undefined => (sim === 'auto' ? undefined : (sim ?? 2));

/** The methods about which videos are received, and in which size. */
export const createStageHandlers = ({ meeting }: AppModel) => {
  const { roster, viewing } = meeting;
  const switchOne = async (domId: string, sim: Sim) => {
    (await viewing.load()).layers.switchOne(domId, layerOf(sim));
    return {};
  };
  return {
    'meeting.audioOnlyMeeting': async ({ client, audioOnly = true }) => {
      if (client && client.id !== roster.ownClient().id)
        throw new RTCPeerError('FORBIDDEN', 'meeting.audioOnlyMeeting: only the caller’s own mode can be changed.', {
          field: 'client',
        });
      return (await viewing.load()).audioMode.set(audioOnly);
    },
    'meeting.switchVideoBySim': async ({ sim, domId }) => {
      if (domId !== undefined) return switchOne(domId, sim);
      (await viewing.load()).layers.switchAll(layerOf(sim));
      return {};
    },
    'meeting.switchVideoSimByDom': ({ domId, sim }) => switchOne(domId, sim),
    'meeting.setVideoMax': async ({ number }) => {
      (await viewing.load()).played.limit(number);
      return {};
    },
    'meeting.publishStreamActive': async ({ isPlay }) => {
      (await viewing.load()).followSpeaker(isPlay);
      return {};
    },
    'meeting.closePlay': async (input) => {
      const reference = 'client' in input ? input.client : 'object' in input ? input.object : input;
      const { client } = await meeting.tiles.closePlay((reference as { id: number }).id);
      return { ...client, client };
    },
  } satisfies Partial<LocalHandlers>;
};
