import { type Client as ClientBean, RTCPeerError } from '@meetframe/contract';
import { computed, createModel, effect, signal, untracked } from '@preact/signals';
import type { Client } from '../../platform/client.ts';
import type { Emit } from '../events.ts';
import type { CaptureModel } from './capture.ts';
import type { LinkModel } from './link.ts';
import type { RosterModel } from './roster.ts';
import type { SeatModel } from './seat.ts';
import type { StreamsModel } from './streams.ts';
import type { TilesModel } from './tiles.ts';

export type ShareOptions = {
  shareScreenId?: number | undefined;
  /** Id of a tile that shows the own screen. */
  domId?: string | undefined;
  takeOver?: boolean | undefined;
};
type Own = { shareScreenId: number; domId: string | undefined; stream: MediaStream };
type Shared = { shareScreenId: number; client: ClientBean };

const randomId = (): number => 1 + Math.floor(Math.random() * (2 ** 31 - 1));

/** The shared screen of the meeting: the user's own, or the one of another participant that the user watches. */
export const Share = createModel(
  (deps: {
    client: Pick<Client, 'call' | 'on'>;
    seat: SeatModel;
    roster: RosterModel;
    tiles: TilesModel;
    streams: StreamsModel;
    link: LinkModel;
    capture: CaptureModel;
    emit: Emit;
    report: (error: RTCPeerError) => void;
  }) => {
    const { client, seat, roster, tiles, streams, link, capture, emit } = deps;
    const own = signal<Own | undefined>(undefined);
    /** The name of the moderator who took over the user's share. */
    const takenBy = signal<string | undefined>(undefined);
    /** Ids of the share that the user has hung up, and of the one that the page has played. */
    const hungUp = signal<number | undefined>(undefined);
    const played = signal<{ shareScreenId: number; domId: string | undefined } | undefined>(undefined);
    let starting: Promise<{ shareScreenId: number; client: ClientBean }> | undefined;
    /** Counts starts and stops: a dialog that is answered after a stop starts nothing. */
    let attempts = 0;

    const shared = computed<Shared | undefined>(() => {
      const sharer = roster.others.value.find(({ screen }) => screen !== null);
      return sharer && { shareScreenId: sharer.screen as number, client: sharer.client };
    });
    const watched = computed<Shared | undefined>(() => {
      const id = shared.value?.shareScreenId;
      if (id === hungUp.value) return undefined;
      return tiles.autoPlay.value || played.value?.shareScreenId === id ? shared.value : undefined;
    });

    /** Ends the own share here, and stops the capture. */
    const end = (): Own | undefined => {
      attempts++;
      const ended = own.peek();
      if (!ended) return undefined;
      own.value = undefined;
      for (const track of ended.stream.getTracks()) track.stop();
      emit('shareScreen', { type: 'stop', shareScreenId: ended.shareScreenId });
      return ended;
    };
    const stop = async (): Promise<void> => {
      capture.decline();
      if (!end()) return;
      const session = link.session();
      await Promise.all([session?.stop('screenAudio'), session?.stop('screen')]);
    };
    const quietly = (step: Promise<unknown> | undefined): void => void step?.catch(() => {});

    const start = async ({ shareScreenId = randomId(), domId, takeOver }: ShareOptions) => {
      const here = seat.here();
      const attempt = ++attempts;
      takenBy.value = undefined;
      const stream = await capture.open('share');
      const video = stream.getVideoTracks()[0] as MediaStreamTrack;
      const [sound] = stream.getAudioTracks();
      const session = link.session();
      const goesOn = (): void => {
        if (attempt !== attempts || video.readyState === 'ended')
          throw new RTCPeerError('PERMISSION_DENIED', 'The share was stopped before it began.');
      };
      try {
        if (!here() || !session) throw new RTCPeerError('NOT_IN_MEETING', 'The meeting was left meanwhile.');
        goesOn();
        // Sharp text matters more than smooth motion.
        video.contentHint = 'detail';
        await session.send('screen', video, { share: { shareScreenId, takeOver } });
        if (!here()) throw new RTCPeerError('NOT_IN_MEETING', 'The meeting was left meanwhile.');
        goesOn();
      } catch (error) {
        for (const track of stream.getTracks()) track.stop();
        if (here()) quietly(session?.stop('screen'));
        throw error;
      }
      own.value = { shareScreenId, domId, stream };
      emit('shareScreen', { type: 'play', shareScreenId });
      // The browser's own bar, or the window that is shared, was closed.
      video.onended = () => quietly(stop());
      if (sound) {
        sound.onended = () => quietly(session.stop('screenAudio'));
        quietly(session.send('screenAudio', sound));
      }
      return { shareScreenId, client: roster.ownClient() };
    };

    /** Shares a screen that the user chooses; a share that runs already goes on. */
    const request = async (options: ShareOptions = {}): Promise<{ shareScreenId: number; client: ClientBean }> => {
      const client = roster.ownClient();
      const running = own.peek();
      if (running) return { shareScreenId: running.shareScreenId, client };
      const other = shared.peek();
      // Said before the user has to choose a screen; the server decides.
      if (options.takeOver && !roster.moderates.peek())
        throw new RTCPeerError('FORBIDDEN', 'Only the moderator may take over.');
      if (other && !options.takeOver) throw new RTCPeerError('SHARE_IN_USE', `${other.client.name} shares a screen.`);
      starting ??= start(options).finally(() => {
        starting = undefined;
      });
      return await starting;
    };

    seat.follow({
      left() {
        end();
        takenBy.value = hungUp.value = played.value = undefined;
      },
    });
    effect(() => () => void end());
    effect(() =>
      client.on('meeting.shareTaken', ({ client: { name } }) => {
        if (!own.peek()) return;
        takenBy.value = name;
        quietly(stop());
      }),
    );
    // On new transports another participant may have been first.
    effect(() =>
      link.onRefused((source, error) => {
        if (source !== 'screen' || !own.peek()) return;
        quietly(stop());
        deps.report(error);
      }),
    );
    // A mute pauses the audio of the screen, too; its owner resumes it.
    const isMuted = computed(() => roster.self.value?.client.isMuted);
    effect(() => {
      if (isMuted.value !== false || !own.peek()?.stream.getAudioTracks().length) return;
      quietly(untracked(() => client.call('media.setPaused', { source: 'screenAudio', paused: false })));
    });
    effect(() => streams.hearScreen(watched.value !== undefined));

    return {
      own,
      /** The screen that another participant shares. */
      shared,
      /** The same, unless the user does not want to see it. */
      watched,
      takenBy,
      dismissTaken(): void {
        takenBy.value = undefined;
      },
      /** Id of the tile of the watched screen, where the page gave one. */
      domId: computed(() =>
        played.value?.shareScreenId === watched.value?.shareScreenId ? played.value?.domId : undefined,
      ),
      start: request,
      /** The same from the interface: errors are shown, except that the user cancelled. */
      begin: (takeOver: boolean): Promise<void> =>
        request({ takeOver }).then(
          () => {},
          (error: RTCPeerError) => {
            if (error.code !== 'PERMISSION_DENIED') deps.report(error);
          },
        ),
      stop,
      /** Shows the shared screen in the tile with that id. */
      async play(shareScreenId: number, domId?: string): Promise<{ shareScreenId: number; client: ClientBean }> {
        roster.ownClient();
        const other = shared.peek();
        if (other?.shareScreenId !== shareScreenId)
          throw new RTCPeerError('NOT_FOUND', `No screen ${shareScreenId} is shared.`, { field: 'shareScreenId' });
        hungUp.value = undefined;
        played.value = { shareScreenId, domId };
        return other;
      },
      hangUp(): void {
        roster.ownClient();
        hungUp.value = shared.peek()?.shareScreenId;
        played.value = undefined;
      },
    };
  },
);
export type ShareModel = InstanceType<typeof Share>;
