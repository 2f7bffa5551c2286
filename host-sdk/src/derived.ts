/**
 * What the contract says about pages, as types. The published package carries the same names, written out one by one
 * (`tools/sdk/declarations.ts`), because a page has neither the contract nor zod.
 */
import type { Aliases, AliasName } from '@meetframe/contract/aliases';
import type { Input, Method, Output, Payload } from '@meetframe/contract/define';
import type { Dated, PassThroughTable } from '@meetframe/contract/passThrough';
import type * as appointments from '@meetframe/contract/platform/appointments';
import type * as records from '@meetframe/contract/platform/records';
import type { Bitrate, rtcpeer, rtcpeerEvents } from '@meetframe/contract/rtcpeer';
import type { Callback, RemoteMethod } from './remoteMethod.ts';

export type { Client, Company, MediaDevice, PageChatMessage as ChatMessage, Room, User } from '@meetframe/contract/beans';
export type { WidgetOptions } from '@meetframe/contract/options';
export type { RoomMember } from '@meetframe/contract/platform/rooms';
export type { MirroredState } from '@meetframe/contract/rtcpeer';
export type { Bitrate };
export type Appointment = Dated<appointments.Appointment>;
export type MeetingRecord = Dated<records.MeetingRecord>;

type Table = typeof rtcpeer & PassThroughTable;
type Name = keyof Table;

/** What the platform answers itself may be asked without an object when no field of it is required. */
type Given<N extends Name> = N extends keyof PassThroughTable
  ? Record<never, never> extends Input<Table[N]>
    ? Input<Table[N]> | undefined
    : Input<Table[N]>
  : Input<Table[N]>;

type Result<N extends Name> = Output<Table[N]> &
  (N extends 'meeting.publish' | 'meeting.play' ? { getBitrate(): Promise<Bitrate> } : unknown);

/** What the fields of `positional` take, in their order. */
type Plain<M extends Method> = M extends { positional: infer P extends readonly string[] }
  ? { [I in keyof P]: Exclude<Input<M>, undefined> extends infer O ? (P[I] extends keyof O ? O[P[I]] : never) : never }
  : [];

type Call<N extends Name> = RemoteMethod<Given<N>, Result<N>, Plain<Table[N]>>;

type AliasCall<A extends AliasName> = Aliases[A] extends { inverted: true }
  ? (on: boolean, callback?: Callback<Result<Aliases[A]['to']>>) => Promise<Result<Aliases[A]['to']>>
  : Call<Aliases[A]['to']>;

type Named<N extends string, P extends string> = N extends `${P}${infer Rest}` ? Rest : never;
type WithoutDot<N extends string> = N extends `${string}.${string}` ? never : N;

export type MeetingMethods = { [K in Named<Name, 'meeting.'>]: Call<`meeting.${K}` & Name> } & {
  [K in Named<AliasName, 'meeting.'>]: AliasCall<`meeting.${K}` & AliasName>;
};

export type PlatformMethods = { [K in WithoutDot<Name>]: Call<K> } & { [K in WithoutDot<AliasName>]: AliasCall<K> };

export type RTCPeerEvents = { [N in keyof typeof rtcpeerEvents]: Payload<(typeof rtcpeerEvents)[N]> };
