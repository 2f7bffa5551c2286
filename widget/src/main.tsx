import { RTCPeerError } from '@meetframe/contract';
import { render } from 'preact';
import { firstAddress, keepSignOn, takeAddress } from './addressBar.ts';
import { readEmbedding, serveHost } from './bridge/hostMethods.ts';
import { serveApp } from './bridge/serveApp.ts';
import { readAddress } from './model/address.ts';
import { type AppModel, createApp } from './model/compose.ts';
import { createHabits } from './model/habits.ts';
import { createPageStorage } from './model/storage.ts';
import { once } from './once.ts';
import { type Client, createClient } from './platform/client.ts';
import { socketAddress } from './platform/socketAddress.ts';
import { App } from './ui/App.tsx';

/** Why no meeting is possible in this browser. In both languages, because the interface with its choice of language may not start. */
const obstacle = (): string[] | undefined => {
  if (!window.isSecureContext)
    return ['会议需要安全的页面（HTTPS）。', 'A meeting needs a secure page: this one is not served over HTTPS.'];
  if (typeof RTCPeerConnection === 'undefined')
    return ['此浏览器不支持 WebRTC，或已被禁用。', 'This browser has no WebRTC, or it is turned off.'];
  return undefined;
};

/** The home screen: a chunk of its own, which people who only join a meeting do not load. */
const createPortalLoader = (client: Client, app: AppModel) => {
  let dispose = (): void => {};
  const load = once(async () => {
    const { createPortal } = await import('./portal/portal.tsx');
    const portal = createPortal(client, app);
    dispose = portal.dispose;
    return portal.Home;
  });
  return { load, dispose: () => dispose() };
};

const start = (root: HTMLElement): void => {
  const lines = obstacle();
  if (lines) {
    render(
      <div role="alert">
        {lines.map((line, index) => (
          <p key={line} lang={index === 0 ? 'zh-CN' : 'en'}>
            {line}
          </p>
        ))}
      </div>,
      root,
    );
    // The page's code still learns why.
  }
  const client = createClient({ url: socketAddress(location.href) });
  const embedding = readEmbedding(location.search);
  // In a frame no login is remembered, on no page: it would be available to the page around the frame.
  const isOwnPage = !embedding && window.parent === window;
  const app = createApp({
    client,
    language: navigator.language,
    habits: createHabits(() => localStorage),
    build: import.meta.url.split('/').pop(),
    ...(!embedding && { keepSignOn }),
    ...(isOwnPage && { storage: createPageStorage(() => localStorage) }),
  });
  const stop = embedding ? serveHost(embedding, client, serveApp(app)) : undefined;
  if (lines) {
    app.fail(new RTCPeerError('UNSUPPORTED', lines.at(-1) ?? ''));
    return;
  }
  const portal = isOwnPage ? createPortalLoader(client, app) : undefined;
  render(<App app={app} loadHome={portal?.load} />, root);
  if (!embedding) {
    app.start({}, firstAddress);
    addEventListener('hashchange', ({ oldURL }) => {
      const next = takeAddress();
      const { hash } = new URL(oldURL);
      // The browser's "back" does not end a meeting, so the address must lead to it again after a reload.
      if (!next.target && app.screen.peek() === 'meeting' && readAddress(hash).target)
        history.replaceState(history.state, '', hash);
      else app.follow(next);
    });
  }
  addEventListener('pagehide', (event) => {
    if (event.persisted) return;
    stop?.();
    portal?.dispose();
    void app.dispose();
  });
};

const root = document.getElementById('root');
if (root) start(root);
