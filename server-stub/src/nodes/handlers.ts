import { implement } from '@meetframe/contract/define';
import { nodeMethods } from '@meetframe/contract/nodes';
import { type Caller, userOf } from '../account/caller.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { Meetings } from '../meeting/meetings.ts';

export type NodeServices = {
  meetings: Pick<Meetings, 'all'>;
  cluster: Pick<Cluster, 'self' | 'nodes'>;
};

/** What is told of the nodes that carry media (2.30). */
export const nodeHandlers = ({ meetings, cluster }: NodeServices) =>
  implement(nodeMethods)<Caller>({
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
