import * as z from 'zod/mini';
import { id, roomType, text } from './beans/values.ts';

export const locale = z.enum(['zh-CN', 'en']);
export type Locale = z.output<typeof locale>;

export const theme = z.enum(['light', 'dark', 'auto']);
export type Theme = z.output<typeof theme>;

/**
 * Options that the host SDK hands to the widget with its first call. Unknown names are refused, so that a slip of the pen
 * does not go unnoticed. `host`, `container` and the like stay in the SDK (`host-sdk/src/options.ts`).
 */
export const widgetOptions = z.strictObject({
  /** API sign (6.1). The SDK also takes a function that fetches one; it is asked again when the sign expires. */
  sign: z.optional(text(2048)),
  /** Session id of a user whom the partner's back end signed on (6.2). */
  SID: z.optional(text(2048)),
  /** Terminal type, becomes `Client.mode`. Default `pc`. */
  mode: z.optional(text(20)),
  /** TURN server as `host:port` (2.1). Not given: connect to the media server directly. */
  relayServer: z.optional(text(300)),
  /** With `relayServer`: `relay` (default) goes through it only, `all` allows direct paths too. */
  relay: z.optional(z.enum(['relay', 'all'])),
  /** With `relayServer`: how that is reached; not given, over UDP or else TCP. Without: `tcp` forces TCP, otherwise UDP or else TCP. */
  transport: z.optional(z.enum(['udp', 'tcp'])),
  /** Keep the control connection open so that the user can be called (default); false connects when first needed. */
  socket: z.optional(z.boolean()),
  /** All signalling on `host`'s own origin; it always is, the option is accepted for old pages. */
  nginx: z.optional(z.boolean()),
  /** Let a user who is not logged in call and be called. */
  logout: z.optional(z.boolean()),
  /** Room to open: shows the lobby. Without it the widget waits for `meeting.enter`. */
  room: z.optional(id),
  /** 1: enter `room` for sound only, as a room of type 1 is entered anyway. */
  roomType: z.optional(roomType),
  /** Name proposed in the lobby. */
  username: z.optional(text(100)),
  /** Password of the room. */
  password: z.optional(text(200)),
  /** False skips the lobby and enters at once. Default true. */
  lobby: z.optional(z.boolean()),
  /** False: remote pictures appear only by `meeting.play`. Default true. */
  autoPlay: z.optional(z.boolean()),
  /** Camera and microphone on when the lobby opens. Default true. */
  video: z.optional(z.boolean()),
  audio: z.optional(z.boolean()),
  locale: z.optional(locale),
  theme: z.optional(theme),
});
export type WidgetOptions = z.input<typeof widgetOptions>;
