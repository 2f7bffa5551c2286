/**
 * What the contract says about pages, as types. The published package carries the same names, written out one by one
 * (`tools/sdk/declarations.ts`), because a page has neither the contract nor zod.
 */
import type { Aliases, AliasName } from '@meetframe/contract/aliases';
import type { ForPage, PageEvents, PageTable, RelayedName } from '@meetframe/contract/api';
import type * as beans from '@meetframe/contract/beans';
import type { Input, Method, Output } from '@meetframe/contract/define';
import type { Bitrate } from '@meetframe/contract/page';
import type { Callback, RemoteMethod } from './remoteMethod.ts';

export type { Client, Company, MediaDevice, Room, RoomMember, User } from '@meetframe/contract/beans';
export type { WidgetOptions } from '@meetframe/contract/options';
export type { MirroredState } from '@meetframe/contract/page';
export type { Bitrate };
export type Appointment = ForPage<beans.Appointment>;
export type ChatMessage = ForPage<beans.ChatMessage>;
export type MeetingRecord = ForPage<beans.MeetingRecord>;

type Name = keyof PageTable;

/** A method of the server may be called without an object when no field is required. */
type Given<N extends Name> = N extends RelayedName
  ? Record<never, never> extends Input<PageTable[N]>
    ? Input<PageTable[N]> | undefined
    : Input<PageTable[N]>
  : Input<PageTable[N]>;

type Result<N extends Name> = Output<PageTable[N]> &
  (N extends 'meeting.publish' | 'meeting.play' ? { getBitrate(): Promise<Bitrate> } : unknown);

/** Types of the fields named in `positional`, in their order. */
type Plain<M extends Method> = M extends { positional: infer P extends readonly string[] }
  ? { [I in keyof P]: Exclude<Input<M>, undefined> extends infer O ? (P[I] extends keyof O ? O[P[I]] : never) : never }
  : [];

/** Takes a function that is called repeatedly; resolves with a function that ends the calls. */
type Watch<V> = (callback: Callback<V> | { callback: Callback<V> }) => Promise<() => void>;

type Call<N extends Name> = N extends 'meeting.getMicVolume'
  ? Watch<number>
  : RemoteMethod<Given<N>, Result<N>, Plain<PageTable[N]>>;

type AliasCall<A extends AliasName> = Aliases[A] extends { inverted: true }
  ? (on: boolean, callback?: Callback<Result<Aliases[A]['to']>>) => Promise<Result<Aliases[A]['to']>>
  : Call<Aliases[A]['to']>;

type Named<N extends string, P extends string> = N extends `${P}${infer Rest}` ? Rest : never;
type WithoutDot<N extends string> = N extends `${string}.${string}` ? never : N;

export type MeetingMethods = { [K in Named<Name, 'meeting.'>]: Call<`meeting.${K}` & Name> } & {
  [K in Named<AliasName, 'meeting.'>]: AliasCall<`meeting.${K}` & AliasName>;
};

export type PlatformMethods = { [K in WithoutDot<Name>]: Call<K> } & { [K in WithoutDot<AliasName>]: AliasCall<K> };

export type RTCPeerEvents = PageEvents;
