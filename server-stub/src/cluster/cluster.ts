import type { WirePayload } from '@meetframe/contract/api';
import type { Client } from '@meetframe/contract/beans';
import type { Store } from '../store/store.ts';

type NodeId = string;
/** Stops what returned it, for example a subscription. A second call does nothing. */
type Stop = () => void;

/** A participant's seat in a meeting. A reference and not an object, because another node may run the meeting. */
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
  /** Increases each time the room gets another owner. */
  readonly epoch: number;
  /** Aborted when another node may run the meeting: close it here. */
  readonly lost: AbortSignal;
  /** Sets what {@link Cluster.facts} answers from now on. */
  report(facts: Pick<Facts, 'startedAt' | 'people' | 'moderator'>): void;
  release(): void;
};

/** How busy a node is; new meetings go where there is room. */
type Load = {
  people: number;
  rooms: number;
  /** Media packets a second. */
  packets: number;
  /** Load of its busiest media worker, 0 to 1. */
  busiest: number;
};
export type NodeInfo = {
  id: NodeId;
  /** The name shown to administrators. */
  name: string;
  /** The address from which its media is sent. */
  address: string;
  /** False while no media worker runs. */
  isWell: boolean;
  load: Load;
};

/** A device on which a user is logged in, or that of a guest in calls, as other nodes see it. `id` is public, not the resume token. */
export type Device = {
  id: string;
  userId: number;
  companyId: number | null;
  /** Terminal type, such as `pc`. */
  kind: string;
  /** Milliseconds since 1970. */
  since: number;
  /** Terminal type under which its user can be called on it; `null` when it is not registered, or lost for longer than 10 s. */
  callable: string | null;
  /** True while it has sent a message within the last 35 s; told of devices that can be called. */
  awake: boolean;
  /** The room of the meeting that it is in. */
  roomId: number | null;
};

/** Events that a node sends to all nodes, without an answer. */
export type NodeEvents = {
  /** The data of a room, of its members or of an appointment in it changed. */
  'room.changed': { roomId: number };
  /** The row of a user changed: name, level, company. */
  'user.changed': { userId: number };
  /** A device of the user came, went or changed, or a call of the user was answered or ended. */
  'presence.changed': { userId: number };
  /** What clients know of a user’s account changed: all devices of the user are told. */
  'account.changed': { userId: number } & WirePayload<'account.changed'>;
  /**
   * The logins of a session ended, or those of a user: their devices leave their meetings and are told, except one device, or those of
   * the session with this hash. The id of a session that goes on is told nobody.
   */
  'login.ended':
    | { SID: string; exceptDevice?: string | undefined }
    | { userId: number; exceptSession?: string | undefined };
  /** A user entered a meeting: every other seat of that user is given up. */
  'seat.taken': { userId: number; seat: SeatRef };
};

/** What the nodes of a platform share: who runs which meeting, which devices are connected, and events between nodes. */
export type Cluster = {
  readonly self: NodeId;
  /** Takes the right to run the meeting of a room, or answers the node that has it. */
  take(roomId: number): Promise<Tenure | { owner: NodeId; epoch: number }>;
  /**
   * The running meetings of these rooms, on any node. Within a transaction that has locked the row of a room, the answer for that
   * room stays true until the transaction ends.
   */
  facts(roomIds: readonly number[], within?: Store): Promise<ReadonlyMap<number, Facts>>;
  /** Sends an event to all nodes, this one included. */
  tell<N extends keyof NodeEvents>(name: N, payload: NodeEvents[N]): void;
  on<N extends keyof NodeEvents>(name: N, listener: (payload: NodeEvents[N]) => void): Stop;
  /** All running nodes, this one included. */
  nodes(): readonly NodeInfo[];

  /** A device was connected, or its data has changed: tells all nodes with `presence.changed`, as `depart` does. */
  arrive(device: Device): void;
  depart(deviceId: string): void;
  /** All devices of a user, on any node. */
  devicesOf(userId: number): readonly Device[];

  /** Gives up everything that this node runs. */
  close(): void;
};
