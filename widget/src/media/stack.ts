import { RTCPeerError } from '@meetframe/contract';
import type { MediaSession, MediaSessionDeps } from './session.ts';

/** Everything that sends and receives: a chunk of its own, loaded beside the first screen. */
export type LoadStack = () => Promise<Pick<typeof import('./session.ts'), 'createMediaSession'>>;

const loadStack: LoadStack = () => import('./session.ts');

/** A media session that is loaded when it is first prepared. Until then there is nothing to leave, end or check. */
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
        // The next try may find the network again.
        loading = undefined;
        throw new RTCPeerError('DISCONNECTED', 'The media stack could not be loaded.', undefined, cause);
      },
    );
    return loading;
  };

  return {
    async prepare(rtpCapabilities: unknown): ReturnType<MediaSession['prepare']> {
      return (await ready()).prepare(rtpCapabilities);
    },
    /** The loaded session; `undefined` before the first `prepare` has come through. */
    get session(): MediaSession | undefined {
      return session;
    },
    close(): void {
      closed = true;
      session?.close();
    },
  };
};
