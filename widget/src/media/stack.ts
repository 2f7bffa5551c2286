import { RTCPeerError } from '@meetframe/contract';
import { once } from '../once.ts';
import type { MediaSession, MediaSessionDeps } from './session.ts';

/** The code that sends and receives media: a separate chunk, which is loaded while the first screen is shown. */
type Stack = typeof import('./session.ts');
export type LoadStack = () => Promise<Pick<Stack, 'createMediaSession'> & Partial<Pick<Stack, 'warmUp'>>>;

const loadStack: LoadStack = () => import('./session.ts');

/** A media session whose code is loaded by `load`, or by the first `prepare`. Until then `leave`, `end` and `check` do nothing. */
export const createMediaStack = ({
  load = loadStack,
  ...deps
}: MediaSessionDeps & { load?: LoadStack | undefined }) => {
  let session: MediaSession | undefined;
  let warmUp: Stack['warmUp'] | undefined;
  let closed = false;

  const ready = once(async (): Promise<MediaSession> => {
    const stack = await load().catch((cause: unknown) => {
      throw new RTCPeerError('DISCONNECTED', 'The media stack could not be loaded.', undefined, cause);
    });
    session = stack.createMediaSession(deps);
    warmUp = stack.warmUp;
    if (closed) session.close();
    return session;
  });

  return {
    /** Loads the code, and has the browser start its media engine. Needs no connection. */
    async load(): Promise<void> {
      await ready();
      await warmUp?.();
    },
    async prepare(rtpCapabilities: unknown): ReturnType<MediaSession['prepare']> {
      return (await ready()).prepare(rtpCapabilities);
    },
    /** The loaded session; `undefined` before it is loaded. */
    get session(): MediaSession | undefined {
      return session;
    },
    close(): void {
      closed = true;
      session?.close();
    },
  };
};
