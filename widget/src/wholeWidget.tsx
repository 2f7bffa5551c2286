import { serveApp } from './bridge/serveApp.ts';
import type { Base } from './model/base.ts';
import { createApp } from './model/compose.ts';
import { createHabits } from './model/habits.ts';
import type { Client } from './platform/client.ts';
import { App, foreseeScreens } from './ui/App.tsx';

/** The rest of a widget that waited for a call: the meeting, and what pages may do with it. */
export const createWhole = (client: Client, base: Base) => {
  const app = createApp({ client, base, habits: createHabits(() => localStorage) });
  app.take(base.options());
  foreseeScreens();
  return { app, served: serveApp(app), Screens: () => <App app={app} /> };
};
export type Whole = ReturnType<typeof createWhole>;
