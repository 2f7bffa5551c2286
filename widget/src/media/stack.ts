import { RTCPeerError } from '@meetframe/contract';
import type { MediaSession, MediaSessionDeps } from './session.ts';

/** The code that sends and receives media: a chunk of its own, loaded while the first screen is shown. */
export type LoadStack = () => Promise<Pick<typeof import('./session.ts'), 'createMediaSession'>>;

const loadStack: LoadStack = () => import('./session.ts');

/** A media session whose code is loaded by `load`, or by the first `prepare`. Until then `leave`, `end` and `check` do nothing. */
export const createMediaStack = ({
  load = loadStack,
  ...deps
}: MediaSessionDeps & { load?: LoadStack | undefined }) => {
  let session: MediaSession | undefined;
  let loading: Promise<MediaSession> | undefined;
  let closed = false;

  const ready = (): Promise<MediaSession> => {
    loading ??= load().then(
      ({ createMediaSession }) => {
        session = createMediaSession(deps);
        if (closed) session.close();
        return session;
      },
      (cause: unknown) => {
        // The next attempt may succeed, when the network is back.
        loading = undefined;
        throw new RTCPeerError('DISCONNECTED', 'The media stack could not be loaded.', undefined, cause);
      },
    );
    return loading;
  };

  return {
    async load(): Promise<void> {
      await ready();
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
