import './tokens.css';
import { useModel } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { AppModel } from '../model/compose.ts';
import { createTranslate } from '../view/i18n.ts';
import { LobbyView } from '../view/lobby.ts';
import { problemText } from '../view/problem.ts';
import { ToolbarView } from '../view/toolbar.ts';
import { foreseeDevices } from './devices/parts.ts';
import { ErrorScreen } from './ended/ErrorScreen.tsx';
import { HomeLoader, type LoadHome } from './idle/HomeLoader.tsx';
import { Idle } from './idle/Idle.tsx';
import { later } from './later.tsx';
import { Lobby } from './lobby/Lobby.tsx';
import { Opening } from './lobby/Opening.tsx';
import { useLook } from './look.ts';
import { TextContext } from './text.ts';

type Props = { app: AppModel };

const problemOf = ({ problem }: AppModel) => problem.value && problemText(problem.value.code);

const OpeningScreen = ({ app }: Props) => (
  <Opening
    isConnecting={app.identity.connection.value !== 'connected'}
    problem={problemOf(app)}
    retry={() => void app.retry().catch(() => undefined)}
  />
);

const LobbyScreen = ({ app }: Props) => {
  const view = useModel(() => new LobbyView(app));
  const toolbar = useModel(() => new ToolbarView(app));
  return <Lobby view={view} toolbar={toolbar} app={app} />;
};

const Meeting = later(() => import('./meeting/Meeting.tsx').then(({ Meeting }) => Meeting), OpeningScreen);
const Left = later(() => import('./ended/Left.tsx').then(({ LeftScreen }) => LeftScreen), OpeningScreen);

const Fault = later(() => import('./ended/Fault.tsx').then(({ FaultScreen }) => FaultScreen), OpeningScreen);
const Outdated = later(() => import('./ended/Outdated.tsx').then(({ Outdated }) => Outdated));

/** Loads the texts of problems; the component shows nothing. */
const ProblemTexts = later(() => import('../view/problemTexts.ts').then(() => () => null));

const CallLayer = later(
  () => import('./call/CallLayer.tsx').then(({ CallLayer }) => CallLayer),
  () => null,
);
/** Every first screen, and every call, leads to a meeting: its code is fetched at the same time, like the media stack. */
export const foreseeScreens = (): void => {
  ProblemTexts.foresee();
  Meeting.foresee();
  Left.foresee();
  foreseeDevices();
  // After an update its file may be gone.
  Outdated.foresee();
};

/** The view of each screen. */
const screens = {
  idle: ({ app }: Props) => <Idle isConnecting={app.identity.connection.value === 'connecting'} />,
  opening: OpeningScreen,
  closed: later(() => import('./ended/Closed.tsx').then(({ ClosedScreen }) => ClosedScreen), OpeningScreen),
  lobby: LobbyScreen,
  meeting: Meeting,
  left: Left,
  error: ({ app }: Props) => <ErrorScreen code={app.problem.value?.code ?? 'INTERNAL'} />,
};

/**
 * The whole user interface of a widget. With `loadHome`, on the platform's own page, the home screen is shown first.
 */
export function App({ app, loadHome }: { app: AppModel; loadHome?: LoadHome | undefined }) {
  const t = useMemo(() => createTranslate(app), [app]);
  useLook(app);
  useEffect(foreseeScreens, []);
  const screen = app.screen.value;
  const isFault = app.problem.value?.details?.fault !== undefined;
  const calls = app.calls.screens.value;
  /** During a call the home screen, or the page around the frame, can be seen; the meeting keeps its state, and shows nothing. */
  const isSmall = screen === 'meeting' && calls?.shape.value === 'small';
  const isHome = loadHome && (screen === 'idle' || isSmall) && !isFault;
  const Screen = isFault ? Fault : screens[screen];
  return (
    <TextContext.Provider value={t}>
      {isHome && <HomeLoader load={loadHome} />}
      {(!isHome || isSmall) && <Screen app={app} />}
      {app.hosting.value?.isOutdated.value && <Outdated app={app} />}
      {calls && <CallLayer calls={calls} look={app} app={app} isFrame={isSmall && !loadHome} />}
    </TextContext.Provider>
  );
}
