import * as z from 'zod/mini';

/** An id as the platform hands them out: a positive integer that fits a database's `integer`. */
export const id = z.int().check(z.positive(), z.lte(2 ** 31 - 1));

const text = (maximum: number) => z.string().check(z.maxLength(maximum));

export const name = z.string().check(z.trim(), z.minLength(1), z.maxLength(100));
export const password = text(200);
export { text };

/** 1 audio, 2 video, 3 training. */
export const roomType = z.union([z.literal(1), z.literal(2), z.literal(3)]);
export type RoomType = z.output<typeof roomType>;

export const definition = z.enum(['240p', '480p', '720p', '1080p']);
export type Definition = z.output<typeof definition>;

export const videoCodec = z.enum(['VP8', 'H264', 'VP9', 'AV1']);
export type VideoCodec = z.output<typeof videoCodec>;

/** Section 8.1. A field that has nothing is `null`. */
export const user = z.object({
  id,
  account: z.string(),
  name: z.string(),
  email: z.nullable(z.string()),
  phone: z.nullable(z.string()),
  photo: z.nullable(z.string()),
  company: z.nullable(z.string()),
});
export type User = z.output<typeof user>;

/** What somebody may do: 1 administers the platform, 2 a company, 4 uses it, 5 may only attend (2.27). */
export const userLevel = z.union([z.literal(1), z.literal(2), z.literal(4), z.literal(5)]);
export type UserLevel = z.output<typeof userLevel>;

/** Section 8.2. */
export const company = z.object({
  id,
  name: z.string(),
  email: z.nullable(z.string()),
  phone: z.nullable(z.string()),
  logo: z.nullable(z.string()),
  address: z.nullable(z.string()),
});
export type Company = z.output<typeof company>;

/** Section 8.3. `superModeId` is the `Client.id` of the moderator while a meeting runs, else `null`. */
export const room = z.object({
  id,
  name: z.string(),
  ownerId: z.nullable(id),
  roomType,
  definition,
  numberLimit: z.int(),
  isPublic: z.boolean(),
  isHasPwd: z.boolean(),
  appointmentId: z.nullable(id),
  appointmentName: z.nullable(z.string()),
  superModeId: z.nullable(id),
  logo: z.nullable(z.string()),
  comment: z.nullable(z.string()),
});
export type Room = z.output<typeof room>;

/**
 * Section 8.4: somebody in a meeting. `id` belongs to this participation, not to the account. `peerId` names the media
 * session and may change after a reconnect (section 3, `vCode: 'rePlay'`).
 */
export const client = z.object({
  id,
  name: z.string(),
  email: z.nullable(z.string()),
  phone: z.nullable(z.string()),
  pictureurl: z.nullable(z.string()),
  company: z.nullable(z.string()),
  mode: z.string(),
  streamId: id,
  broadCastId: id,
  isMuted: z.boolean(),
  isSuperModerator: z.boolean(),
  peerId: z.nullable(z.string()),
});
export type Client = z.output<typeof client>;

/** A camera, microphone or speaker, as `navigator.mediaDevices` describes it. */
export const mediaDevice = z.object({
  deviceId: z.string(),
  kind: z.enum(['audioinput', 'audiooutput', 'videoinput']),
  label: z.string(),
  groupId: z.string(),
});
export type MediaDevice = z.output<typeof mediaDevice>;

/** Longest line of the chat, in characters. */
export const chatLimit = 5000;
export const chatContent = z.string().check(z.minLength(1), z.maxLength(chatLimit));

/** One line of the chat. `time` is in milliseconds since 1970, by the server's clock; `userId` is the sender's `Client.id`. */
export const chatMessage = z.object({
  id,
  userId: id,
  roomId: id,
  content: z.string(),
  client,
  time: z.number(),
});
export type ChatMessage = z.output<typeof chatMessage>;

/** The `result` numbers of the specification: 0 is success everywhere but in 2.12. */
export const result = z.object({ result: z.int() });
