import type { Client as ClientBean, RTCPeerError } from '@meetframe/contract';
import { createModel, type ReadonlySignal } from '@preact/signals';
import type { AudioOut } from '../../media/audio.ts';
import type { OpenDisplay } from '../../media/display.ts';
import type { LoadStack } from '../../media/stack.ts';
import type { Client } from '../../platform/client.ts';
import type { Admissions } from '../admissions.ts';
import type { DevicesModel } from '../devices.ts';
import type { Emit } from '../events.ts';
import { Arrival } from './arrival.ts';
import { Capture } from './capture.ts';
import { Chat } from './chat.ts';
import { Connectivity } from './connectivity.ts';
import { Entry } from './entry.ts';
import { Link } from './link.ts';
import { Moderation } from './moderation.ts';
import { Publishing } from './publishing.ts';
import { Quality } from './quality/quality.ts';
import { Receiving } from './receiving.ts';
import { Recording } from './recording/recording.ts';
import { Roster, type RosterModel } from './roster.ts';
import { Seat, type SeatModel } from './seat.ts';
import { Share } from './share.ts';
import { Speakers } from './speakers.ts';
import { Streams } from './streams.ts';
import { Tiles } from './tiles.ts';
import { Transcribing } from './transcription/transcribing.ts';
import { Viewing } from './viewing/viewing.ts';

export type PublishOptions = {
  /** Name of the user's own tile. */
  localTag?: string | undefined;
  /** Name of the last speaker's tile. */
  remoteTag?: string | undefined;
};
export type MeetingModel = InstanceType<typeof Meeting>;
/** The models that features loaded later are created with. */
export type Parts = {
  client: Pick<Client, 'call' | 'on'>;
  seat: SeatModel;
  roster: RosterModel;
  chat: InstanceType<typeof Chat>;
};

/**
 * Creates the features of a meeting. Each subscribes to the server's events, keeps its signals and resets with the
 * seat.
 */
export const Meeting = createModel(
  (outside: {
    client: Client;
    admissions: Admissions;
    devices: DevicesModel;
    audio: AudioOut;
    emit: Emit;
    mode: () => string | undefined;
    report: (error: RTCPeerError) => void;
    isVisible: ReadonlySignal<boolean>;
    page: EventTarget;
    openDisplay?: OpenDisplay | undefined;
    load?: LoadStack | undefined;
  }) => {
    const seat = new Seat();
    const deps = { ...outside, load: outside.load, seat, connectivity: new Connectivity(outside) };
    const roster = new Roster(deps);
    const speakers = new Speakers({ ...deps, roster });
    const tiles = new Tiles({ seat, roster, speakers });
    const streams = new Streams(deps);
    const receiving = new Receiving({ ...deps, roster, tiles });
    const link = new Link({ ...deps, streams, receiving });
    const publishing = new Publishing({ ...deps, roster, link });
    const capture = new Capture(deps);
    const share = new Share({ ...deps, roster, tiles, streams, link, capture });
    const transcribing = new Transcribing(deps);
    const { enter, exit, entering, waiting } = new Entry({ ...deps, roster, link, publishing });
    const isArriving = new Arrival({ ...deps, streams, entering }).underWay;
    const recording = new Recording({ ...deps, roster, capture, streams, publishing, share, isArriving });
    const moderation = new Moderation({ ...deps, roster, publishing });
    const { microphone, camera } = publishing;
    const chat = new Chat({ ...deps, roster });
    const quality = new Quality({ ...deps, roster, link, receiving });
    const viewing = new Viewing({ ...deps, roster, tiles, receiving, camera });
    return {
      seat,
      roster,
      speakers,
      tiles,
      viewing,
      quality,
      streams,
      receiving,
      link,
      publishing,
      capture,
      share,
      recording,
      transcribing,
      chat,
      /** Creates a model whose code is loaded with the meeting, from the same parts as the others; it must end itself (`ofScreen`). */
      make: <Made extends Disposable>(Model: new (parts: Parts) => Made): Made =>
        new Model({ client: outside.client, seat, roster, chat }),
      /** Number and names of the participants of a room, before entering it. */
      occupancy: (roomId: number) => outside.client.call('meeting.getOccupancy', { roomId }),
      moderation,
      entering,
      waiting,
      /** True until the first video frame is shown: less urgent loading waits. */
      isArriving,
      enter,
      exit,
      /** Plays a participant's video in a tile; it is the newest then. */
      async play(clientId: number, domId: string): Promise<{ client: ClientBean }> {
        const answer = await tiles.play(clientId, domId);
        viewing.renew(clientId);
        return answer;
      },
      /** Publishes the tracks of the devices; names tiles as the page asks. */
      async publish({ localTag, remoteTag }: PublishOptions = {}): Promise<{ client: ClientBean }> {
        const { id } = roster.ownClient();
        if (localTag) tiles.name(localTag, id);
        if (remoteTag) tiles.lastSpeakerTag.value = remoteTag;
        await publishing.start();
        return { client: roster.ownClient() };
      },
      /** Turns the user's own microphone off or on, in a meeting only. */
      async mute(isMute: boolean): Promise<ClientBean> {
        roster.ownClient();
        moderation.dismissUnmuteRequest();
        await microphone.set(!isMute);
        // While the connection is away the roster does not know yet.
        return { ...roster.ownClient(), isMuted: !microphone.isOn.peek() };
      },
      /** Turns the user's own camera on or off, in a meeting only. */
      async video(on: boolean): Promise<ClientBean> {
        roster.ownClient();
        await camera.set(on);
        return roster.ownClient();
      },
    };
  },
);
