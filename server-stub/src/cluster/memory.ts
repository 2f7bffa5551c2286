import { EventEmitter } from 'node:events';
import type { Cluster, Device, Facts, NodeEvents, NodeInfo, Tenure } from './cluster.ts';

/**
 * The cluster of a single node: all data is in this process, and events are delivered synchronously. The load of the node is read
 * from the given object each time.
 */
export const memoryCluster = (node: NodeInfo): Cluster => {
  const { id: self } = node;
  const devices = new Map<string, Device>();
  const held = new Map<number, { facts: Facts; lost: AbortController }>();
  const events = new EventEmitter<{ [N in keyof NodeEvents]: [NodeEvents[N]] }>();
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
    tell: (name, payload) => void (events as EventEmitter).emit(name, payload),
    on(name, listener) {
      (events as EventEmitter).on(name, listener);
      return () => void (events as EventEmitter).off(name, listener);
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
