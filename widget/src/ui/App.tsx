import './tokens.css';
import { useSignalEffect } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { AppModel } from '../model/types.ts';
import { createTranslate } from '../view/i18n.ts';
import { ErrorScreen } from './ended/ErrorScreen.tsx';
import { Left } from './ended/Left.tsx';
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

/** The whole user interface of a widget. */
export function App({ app }: { app: AppModel }) {
  const t = useMemo(() => createTranslate(app.locale), [app]);
  const systemIsDark = useMedia('(prefers-color-scheme: dark)');
  const theme = app.theme.value === 'auto' ? (systemIsDark ? 'dark' : 'light') : app.theme.value;
  document.documentElement.dataset.theme = theme;
  useSignalEffect(() => {
    document.documentElement.lang = app.locale.value;
  });
  // Whatever comes first, a meeting is what it leads to: fetched beside it, like the media stack.
  useEffect(Meeting.foresee, []);
  const Screen = screens[app.screen.value];
  return (
    <TextContext.Provider value={t}>
      <Screen app={app} />
    </TextContext.Provider>
  );
}
