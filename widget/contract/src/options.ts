import * as z from 'zod/mini';
import { texts } from './beans/texts.ts';
import { looseId, roomType, text } from './beans/values.ts';
import { brand, locale, theme, ui } from './look.ts';

/**
 * Options that the host SDK hands to the widget with its first call. Unknown names are refused, so that a misspelt
 * option is noticed. `host`, `container` and the like stay in the SDK (`host-sdk/src/options.ts`).
 */
export const widgetOptions = z.strictObject({
  sign: z.optional(text(2048)),
  SID: z.optional(text(2048)),
  mode: z.optional(text(20)),
  relayServer: z.optional(text(300)),
  relay: z.optional(z.enum(['relay', 'all'])),
  transport: z.optional(z.enum(['udp', 'tcp'])),
  socket: z.optional(z.boolean()),
  callScreens: z.optional(z.boolean()),
  receiver: z.optional(z.boolean()),
  callFrame: z.optional(z.enum(['overlay', 'container', 'page'])),
  attention: z.optional(z.strictObject({ title: z.optional(z.boolean()), notification: z.optional(z.boolean()) })),
  nginx: z.optional(z.boolean()),
  logout: z.optional(z.boolean()),
  room: z.optional(looseId),
  roomType: z.optional(roomType),
  username: z.optional(text(100)),
  password: z.optional(text(200)),
  lobby: z.optional(z.boolean()),
  autoPlay: z.optional(z.boolean()),
  video: z.optional(z.boolean()),
  audio: z.optional(z.boolean()),
  locale: z.optional(locale),
  theme: z.optional(theme),
  brand: z.optional(brand),
  ui: z.optional(ui),
});
texts.add(widgetOptions, {
  id: 'WidgetOptions',
  description: 'Options that the SDK hands to the widget.',
  fields: {
    sign: 'API sign (6.1). The SDK also takes a function that fetches one; it is asked again when the sign expires.',
    SID: 'Session id of a user whom the partner’s back end signed on (6.2).',
    mode: 'Terminal type, becomes `Client.mode`. Default `pc`.',
    relayServer: 'TURN server as `host:port` (2.1). Not given: connect to the media server directly.',
    relay: 'With `relayServer`: `relay` (default) goes through it only, `all` allows direct paths too.',
    transport:
      'With `relayServer`: how the TURN server is reached; by default over UDP, else TCP. Without it: `tcp` forces TCP to the media server; by default UDP, else TCP.',
    socket:
      'True keeps the control connection open so that the user can be called. Default false: it is opened when first needed, at once with `room` or `SID`.',
    callScreens:
      'True: the widget itself rings, shows incoming and outgoing calls, and enters their rooms. Default false: the page does, with the methods and events of chapter 4.',
    receiver:
      'True: the frame only waits for calls, with `callScreens` and without the code for meetings, and is one pixel large until it rings. It takes no `room`.',
    callFrame:
      'Where a call shows, with `receiver` or `callScreens`: `overlay` is a card over the page, and the whole window during a call (default of a receiver); `container` is the container of the frame (default otherwise); `page` leaves the frame to the page, which follows `frameWanted`.',
    attention:
      'How the page itself signals a ringing call, each true by default: `title` changes the page’s title while the call rings; `notification` shows a system notification while the page does not have the focus, if the user has allowed the page to show notifications.',
    nginx: 'Without effect, accepted for old pages: all signalling goes to the origin of `host`.',
    logout: 'Let a user who is not logged in call and be called.',
    room: 'Room to open: shows the lobby. Without it the widget waits for `meeting.enter`.',
    roomType: '1: enter `room` for audio only, as always in a room of type 1.',
    username: 'Name proposed in the lobby.',
    password: 'Password of the room.',
    lobby: 'False skips the lobby and enters at once. Default true.',
    autoPlay: 'False: videos of other participants appear only after `meeting.play`. Default true.',
    video: 'Camera and microphone on when the lobby opens. Default true.',
  },
});
export type WidgetOptions = z.input<typeof widgetOptions>;
