import { type WidgetOptions, widgetOptions } from '@meetframe/contract';
import { widgetMethodNames } from '@meetframe/contract/light';
import type { AppModel } from '../model/compose.ts';
import { once } from '../once.ts';
import { check } from './check.ts';
import { mirrorOf } from './events.ts';
import type { Served } from './hostMethods.ts';
import { createOverrides } from './overrides.ts';

/** Runs once the browser is idle; at once in browsers that do not report it (Safari). */
const whenIdle = (work: () => unknown): void => {
  if ('requestIdleCallback' in window) requestIdleCallback(work, { timeout: 2000 });
  else setTimeout(work);
};

/** Offers the whole widget to the page. */
export const serveApp = (app: AppModel): Served => {
  const loadOwn = once(async () => {
    const { createHandlers, createOwn } = await import('./onDemand.ts');
    return createOwn(createHandlers(app));
  });
  return {
    base: app,
    clientOf: app.meeting.roster.clientOf,
    selfId: () => app.meeting.seat.selfId.peek(),
    own: { names: widgetMethodNames, run: async (name, call) => await (await loadOwn()).run(name, call) },
    overrides: createOverrides(app),
    mirror: () => mirrorOf(app),
    checkOptions: (options) => check<WidgetOptions>(widgetOptions, options, 'options'),
    start(options) {
      app.start(options);
      // A page that embeds the widget will enter a meeting: the code for media is loaded before. Where there is a lobby to draw, that comes first.
      const { load, prepare } = app.meeting.link;
      const loadMore = () => {
        for (const loading of [app.identity.connection.peek() === 'idle' ? load() : prepare(), loadOwn()])
          loading.catch(() => {});
      };
      if (options.room === undefined) loadMore();
      else whenIdle(loadMore);
    },
  };
};
