import './tokens.css';
import { useSignalEffect } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { AppModel } from '../model/types.ts';
import { createTranslate } from '../view/i18n.ts';
import { ErrorScreen } from './ended/ErrorScreen.tsx';
import { Left } from './ended/Left.tsx';
import { HomeLoader, type LoadHome } from './idle/HomeLoader.tsx';
import { Idle } from './idle/Idle.tsx';
import { later } from './later.tsx';
import { Lobby } from './lobby/Lobby.tsx';
import { Opening } from './lobby/Opening.tsx';
import { useMedia } from './media.ts';
import { TextContext } from './text.ts';

const Meeting = later(() => import('./meeting/Meeting.tsx').then(({ Meeting }) => Meeting));

const screens = {
  idle: Idle,
  opening: Opening,
  closed: later(() => import('./ended/Closed.tsx').then(({ Closed }) => Closed)),
  lobby: Lobby,
  meeting: Meeting,
  left: Left,
  error: ErrorScreen,
};

/** The whole user interface of a widget. With `loadHome`, on the platform's own page, the home screen is what stands there first. */
export function App({ app, loadHome }: { app: AppModel; loadHome?: LoadHome | undefined }) {
  const t = useMemo(() => createTranslate(app.locale), [app]);
  const systemIsDark = useMedia('(prefers-color-scheme: dark)');
  const theme = app.theme.value === 'auto' ? (systemIsDark ? 'dark' : 'light') : app.theme.value;
  document.documentElement.dataset.theme = theme;
  useSignalEffect(() => {
    document.documentElement.lang = app.locale.value;
  });
  // Whatever comes first, a meeting is what it leads to: fetched beside it, like the media stack.
  useEffect(Meeting.foresee, []);
  const screen = app.screen.value;
  const Screen = screens[screen];
  return (
    <TextContext.Provider value={t}>
      {loadHome && screen === 'idle' ? <HomeLoader load={loadHome} /> : <Screen app={app} />}
    </TextContext.Provider>
  );
}
