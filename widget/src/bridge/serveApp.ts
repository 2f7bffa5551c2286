import { type WidgetOptions, widgetOptions } from '@meetframe/contract';
import type { AppModel } from '../model/compose.ts';
import { check } from './check.ts';
import { mirrorOf } from './events.ts';
import type { Served } from './hostMethods.ts';
import { createHandlers, createOverrides } from './local.ts';
import { createOwn } from './own.ts';

/** Runs once the browser is idle; at once in browsers that do not report it (Safari). */
const whenIdle = (work: () => unknown): void => {
  if ('requestIdleCallback' in window) requestIdleCallback(work, { timeout: 2000 });
  else setTimeout(work);
};

/** The whole widget, as a page is served by it. */
export const serveApp = (app: AppModel): Served => ({
  base: app,
  clientOf: app.meeting.roster.clientOf,
  selfId: () => app.meeting.seat.selfId.peek(),
  own: createOwn(createHandlers(app)),
  overrides: createOverrides(app),
  mirror: () => mirrorOf(app),
  checkOptions: (options) => check<WidgetOptions>(widgetOptions, options, 'options'),
  start(options) {
    app.start(options);
    // A page that embeds the widget will enter a meeting: the code for media is loaded before. Where there is a lobby to draw, that comes first.
    const { load, prepare } = app.meeting.link;
    const loadMedia = () => (app.identity.connection.peek() === 'idle' ? load() : prepare()).catch(() => {});
    if (options.room === undefined) loadMedia();
    else whenIdle(loadMedia);
    whenIdle(() => import('./onDemand.ts').catch(() => {}));
  },
});
