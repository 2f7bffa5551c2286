import type { Client } from '@meetframe/contract/beans';
import type { Store } from '../store/store.ts';

export type NodeId = string;
/** Ends what it was returned for; calling it twice is fine. */
export type Stop = () => void;

/** A participant's place in a meeting. A name instead of an object, because another node may hold the place. */
export type SeatRef = { roomId: number; clientId: number };

/** What is known of a running meeting without asking the node that runs it. */
export type Facts = {
  owner: NodeId;
  epoch: number;
  /** Milliseconds since 1970. */
  startedAt: number;
  people: number;
  /** The ids of the moderator that rooms (8.3) and appointments (8.5) show. */
  moderator: Pick<Client, 'id' | 'streamId' | 'broadCastId'> | null;
};

/** The right of one node to run the meeting of a room. */
export type Tenure = {
  readonly roomId: number;
  /** Grows with each owner of the room. */
  readonly epoch: number;
  /** From here on another node may run it: close the meeting. */
  readonly lost: AbortSignal;
  /** What {@link Cluster.facts} answers from now on. */
  report(facts: Pick<Facts, 'startedAt' | 'people' | 'moderator'>): void;
  release(): void;
};

/** How busy a node is; new meetings go where there is room. */
export type Load = {
  people: number;
  rooms: number;
  /** Media packets a second. */
  packets: number;
  /** Of its busiest media worker, 0 to 1. */
  busiest: number;
};
export type NodeInfo = {
  id: NodeId;
  /** As administrators read it. */
  name: string;
  /** Where its media come from. */
  address: string;
  /** False while no media worker runs. */
  isWell: boolean;
  load: Load;
};

/** A device on which a user is logged in, as other nodes see it. `id` is public, not the resume token. */
export type Device = {
  id: string;
  userId: number;
  companyId: number | null;
  /** Terminal type, such as `pc`. */
  kind: string;
  /** Milliseconds since 1970. */
  since: number;
};

/** What nodes tell one another without waiting for an answer. */
export type NodeNews = {
  /** The data of a room, of its members or of an appointment in it changed. */
  'room.changed': { roomId: number };
  /** A user entered a meeting: every other seat of that user is given up. */
  'seat.taken': { userId: number; seat: SeatRef };
};

/** What the nodes of a platform must agree on. */
export type Cluster = {
  readonly self: NodeId;
  /** The right to run the meeting of a room, or the node that has it. */
  take(roomId: number): Promise<Tenure | { owner: NodeId; epoch: number }>;
  /**
   * The meetings that run in these rooms, on whatever node. Given a transaction, what it answers stays true until the
   * transaction ends, as long as that holds the lock on the row of the room.
   */
  facts(roomIds: readonly number[], within?: Store): Promise<ReadonlyMap<number, Facts>>;
  /** Tells every node, this one included. */
  tell<N extends keyof NodeNews>(name: N, payload: NodeNews[N]): void;
  on<N extends keyof NodeNews>(name: N, listener: (payload: NodeNews[N]) => void): Stop;
  /** Every node that runs, this one included. */
  nodes(): readonly NodeInfo[];

  /** A device is there, or what is said of it has changed. */
  arrive(device: Device): void;
  depart(deviceId: string): void;
  /** Every device of a user, on whatever node. */
  devicesOf(userId: number): readonly Device[];

  /** Gives up whatever this node runs. */
  close(): void;
};
