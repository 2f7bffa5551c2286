import { EventEmitter } from 'node:events';
import type { Cluster, Device, Facts, NodeEvents, NodeInfo, Tenure } from './cluster.ts';

/**
 * The cluster of a single node: all data is in this process, and events are delivered synchronously. The load of the node is read
 * from the given object each time.
 */
export const memoryCluster = (node: NodeInfo): Cluster => {
  const { id: self } = node;
  const devices = new Map<string, Device>();
  const ofUser = new Map<number, Map<string, Device>>();
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

  const tell: Cluster['tell'] = (name, payload) => void (events as EventEmitter).emit(name, payload);
  const depart = (deviceId: string): void => {
    const device = devices.get(deviceId);
    if (!device) return;
    devices.delete(deviceId);
    const others = ofUser.get(device.userId);
    others?.delete(deviceId);
    if (others?.size === 0) ofUser.delete(device.userId);
    tell('presence.changed', { userId: device.userId });
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
    tell,
    on(name, listener) {
      (events as EventEmitter).on(name, listener);
      return () => void (events as EventEmitter).off(name, listener);
    },
    nodes: () => [node],
    arrive(device) {
      const { id, userId } = device;
      const before = devices.get(id);
      if (before && before.userId !== userId) depart(id);
      devices.set(id, device);
      ofUser.set(userId, (ofUser.get(userId) ?? new Map()).set(id, device));
      tell('presence.changed', { userId });
    },
    depart,
    devicesOf: (userId) => [...(ofUser.get(userId)?.values() ?? [])],
    close() {
      const all = [...held.values()];
      held.clear();
      for (const { lost } of all) lost.abort();
    },
  };
};
