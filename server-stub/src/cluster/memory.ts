import { EventEmitter } from 'node:events';
import type { Cluster, Device, Facts, NodeInfo, NodeNews, Tenure } from './cluster.ts';

/**
 * The cluster of a single node: everything is a look-up in this process, and news arrive at once. What changes of the node itself
 * is read from the object that is given.
 */
export const memoryCluster = (node: NodeInfo): Cluster => {
  const { id: self } = node;
  const devices = new Map<string, Device>();
  const held = new Map<number, { facts: Facts; lost: AbortController }>();
  const news = new EventEmitter<{ [N in keyof NodeNews]: [NodeNews[N]] }>();
  let epochs = 0;

  const hold = (roomId: number): Tenure => {
    const epoch = ++epochs;
    const lost = new AbortController();
    const mine = { facts: { owner: self, epoch, startedAt: Date.now(), people: 0, moderator: null }, lost };
    held.set(roomId, mine);
    const isHeld = () => held.get(roomId) === mine;
    return {
      roomId,
      epoch,
      lost: lost.signal,
      report(facts) {
        if (isHeld()) Object.assign(mine.facts, facts);
      },
      release() {
        if (isHeld()) held.delete(roomId);
      },
    };
  };

  return {
    self,
    take: async (roomId) => held.get(roomId)?.facts ?? hold(roomId),
    facts: async (roomIds) =>
      new Map(
        roomIds.flatMap((roomId) => {
          const facts = held.get(roomId)?.facts;
          return facts ? [[roomId, facts] as const] : [];
        }),
      ),
    tell: (name, payload) => void (news as EventEmitter).emit(name, payload),
    on(name, listener) {
      (news as EventEmitter).on(name, listener);
      return () => void (news as EventEmitter).off(name, listener);
    },
    nodes: () => [node],
    arrive: (device) => void devices.set(device.id, device),
    depart: (deviceId) => void devices.delete(deviceId),
    devicesOf: (userId) => [...devices.values()].filter((device) => device.userId === userId),
    close() {
      const all = [...held.values()];
      held.clear();
      for (const { lost } of all) lost.abort();
    },
  };
};
