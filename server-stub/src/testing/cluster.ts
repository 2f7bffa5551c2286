import type { Cluster } from '../cluster/cluster.ts';
import { memoryCluster } from '../cluster/memory.ts';

/** The cluster of one idle node. */
export const testCluster = (): Cluster =>
  memoryCluster({
    id: 'local',
    name: 'media-1',
    address: '127.0.0.1',
    isWell: true,
    load: { people: 0, rooms: 0, packets: 0, busiest: 0 },
  });
