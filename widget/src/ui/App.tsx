import './tokens.css';
import { useSignalEffect } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { AppModel } from '../model/types.ts';
import { createTranslate } from '../view/i18n.ts';
import { ErrorScreen } from './ended/ErrorScreen.tsx';
import { Left } from './ended/Left.tsx';
import { Idle } from './idle/Idle.tsx';
import { Lobby } from './lobby/Lobby.tsx';
import { useMedia } from './media.ts';
import { Meeting } from './meeting/Meeting.tsx';
import { TextContext } from './text.ts';

const screens = { idle: Idle, lobby: Lobby, meeting: Meeting, left: Left, error: ErrorScreen };

/** The whole user interface of a widget. */
export function App({ app }: { app: AppModel }) {
  const t = useMemo(() => createTranslate(app.locale), [app]);
  const systemIsDark = useMedia('(prefers-color-scheme: dark)');
  const theme = app.theme.value === 'auto' ? (systemIsDark ? 'dark' : 'light') : app.theme.value;
  document.documentElement.dataset.theme = theme;
  useSignalEffect(() => {
    document.documentElement.lang = app.locale.value;
  });
  const Screen = screens[app.screen.value];
  return (
    <TextContext.Provider value={t}>
      <Screen app={app} />
    </TextContext.Provider>
  );
}
