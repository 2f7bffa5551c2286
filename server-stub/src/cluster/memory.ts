import { EventEmitter } from 'node:events';
import type { Cluster, Facts, NodeId, NodeNews, Tenure } from './cluster.ts';

/** The cluster of a single node: everything is a look-up in this process, and news arrive at once. */
export const memoryCluster = (self: NodeId = 'local'): Cluster => {
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
    close() {
      const all = [...held.values()];
      held.clear();
      for (const { lost } of all) lost.abort();
    },
  };
};
