import { computed, signal } from '@preact/signals';
import { render } from 'preact';
import { readEmbedding, serveHost } from './bridge/hostMethods.ts';
import { serveReceiver } from './bridge/serveReceiver.ts';
import { makeBase } from './model/base.ts';
import { once } from './once.ts';
import { type Client, createClient } from './platform/client.ts';
import { socketAddress } from './platform/socketAddress.ts';
import { Receiver } from './ui/call/Receiver.tsx';
import type { Whole } from './wholeWidget.tsx';

/**
 * A widget that waits for calls: the connection and the cards of calls. The rest of the widget is loaded when a call rings, or when
 * the page needs it, and uses the same connection and user.
 */
const createWaiting = (client: Client, language: string) => {
  const whole = signal<Whole | undefined>(undefined);
  const load = once(async (): Promise<Whole> => {
    const { createWhole } = await import('./wholeWidget.tsx');
    whole.value = createWhole(client, base);
    return whole.value;
  });
  const base = makeBase({ client, language, load });
  const served = serveReceiver({
    base,
    whole: computed(() => whole.value?.served),
    load: async () => (await load()).served,
  });
  return { base, whole, served };
};

const start = (root: HTMLElement): void => {
  const embedding = readEmbedding(location.search);
  // A receiver is useful only in a frame.
  if (!embedding) {
    location.replace('.');
    return;
  }
  const client = createClient({ url: socketAddress(location.href) });
  const { base, whole, served } = createWaiting(client, navigator.language);
  const stop = serveHost(embedding, client, served);
  render(<Receiver base={base} whole={whole} />, root);
  // A page that holds a lock is not frozen while it is hidden.
  void navigator.locks?.request(`meetframe.waits.${embedding.nonce}`, () => new Promise(() => {})).catch(() => {});
  addEventListener('pagehide', ({ persisted }) => {
    if (persisted) return;
    stop();
    // The whole widget leaves its meeting first.
    if (whole.peek()) void whole.peek()?.app.dispose();
    else client.close();
  });
};

const root = document.getElementById('root');
if (root) start(root);
