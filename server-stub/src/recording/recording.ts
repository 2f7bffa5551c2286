import type { RecordLayout } from '@meetframe/contract/meeting/record';
import type { types } from 'mediasoup';
import type { Log } from '../log.ts';
import type { RoomProducer } from '../media/producers.ts';
import { PlainReceiver } from '../media/receive/plain.ts';
import type { RoomMedia } from '../media/room.ts';
import { chooseCameras } from './cameras.ts';
import { CaptureProcess } from './captureProcess.ts';
import type { JournalEntry } from './journal.ts';

/** How often a capture process that ended by itself is replaced before the recording ends. */
const mostRestarts = 5;
const levelUri = 'urn:ietf:params:rtp-hdrext:ssrc-audio-level';
const rotationUri = 'urn:3gpp:video-orientation';

type Options = {
  meeting: {
    media: RoomMedia;
    participants: Pick<Map<number, { client: { name: string } }>, 'get' | 'keys'>;
  };
  folder: string;
  start: { recordId: number; name: string; startedBy: string; layout?: RecordLayout };
  settings: { videos: number; leaveFree: number };
  log: Log;
  /** The recording cannot continue: the disk is full, or its process fails again and again. */
  onFailed(reason: 'storageFull' | 'captureFailed'): void;
};

/** A producer that is recorded, and its track once it is captured. */
type Captured = { consumer?: types.Consumer; track?: number; closed: boolean };

/** Sends the media of a meeting to a process of its own, which writes them down. */
export class Recording {
  readonly #options: Options;
  readonly #captured = new Map<RoomProducer, Captured>();
  #process: CaptureProcess | undefined;
  #receiver: PlainReceiver | undefined;
  #tracks = 0;
  #restarts = 0;
  #spoke: number[] = [];
  #isStopping = false;
  readonly #unsubscribe: () => void;

  constructor(options: Options) {
    this.#options = options;
    const { media } = options.meeting;
    const added = (one: RoomProducer) => (one.source === 'camera' ? this.#chooseCameras() : this.#add(one));
    const closed = (one: RoomProducer) => {
      this.#remove(one);
      this.#chooseCameras();
    };
    const pauseChanged = (one: RoomProducer) => {
      const track = this.#captured.get(one)?.track;
      if (track !== undefined) this.#note({ type: one.producer.paused ? 'paused' : 'resumed', track });
      if (one.source === 'camera') this.#chooseCameras();
    };
    const spoke = ({ active }: { active: number | null }) => {
      if (active === null || this.#spoke[0] === active) return;
      this.#spoke = [active, ...this.#spoke.filter((id) => id !== active)];
      this.#chooseCameras();
    };
    const pinned = () => this.#chooseCameras();
    media.on('producerAdded', added).on('producerClosed', closed).on('speakers', spoke).on('pinned', pinned);
    media.on('producerPaused', pauseChanged).on('producerResumed', pauseChanged);
    this.#unsubscribe = () => {
      media.off('producerAdded', added).off('producerClosed', closed).off('speakers', spoke).off('pinned', pinned);
      media.off('producerPaused', pauseChanged).off('producerResumed', pauseChanged);
    };
  }

  /** Id of the process that captures. */
  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** Starts to capture. @throws what keeps the process from starting */
  async open(): Promise<void> {
    const process = this.#start();
    const port = await process.port;
    if (this.#isStopping || this.#process !== process) return;
    this.#receiver = new PlainReceiver(this.#options.meeting.media, port);
    for (const one of this.#options.meeting.media.producers.all()) if (one.source !== 'camera') this.#add(one);
    this.#chooseCameras();
  }

  /** Ends it; resolves when everything is written. */
  async stop(reason: string): Promise<void> {
    if (this.#isStopping) return;
    this.#isStopping = true;
    this.#unsubscribe();
    for (const clientId of this.#options.meeting.participants.keys()) this.#name(clientId);
    this.#receiver?.close();
    await this.#process?.stop(reason);
  }

  #start(): CaptureProcess {
    const { folder, settings, start } = this.#options;
    const process = new CaptureProcess({
      folder,
      leaveFree: settings.leaveFree,
      onLost: (cause) => this.#lost(process, cause),
    });
    this.#process = process;
    process.send({ type: 'start', ...start });
    return process;
  }

  #lost(process: CaptureProcess, { message, isFull }: { message: string; isFull: boolean }): void {
    const { log, onFailed, start } = this.#options;
    if (this.#process !== process || this.#isStopping) return;
    this.#receiver?.close();
    this.#receiver = undefined;
    for (const one of [...this.#captured.keys()]) this.#remove(one);
    log.error({ recordId: start.recordId, cause: message }, 'the process that captures a recording ended');
    if (isFull) onFailed('storageFull');
    else if (++this.#restarts > mostRestarts) onFailed('captureFailed');
    // A start that fails comes back here.
    else this.open().catch(() => undefined);
  }

  #note(...entries: JournalEntry[]): void {
    this.#process?.send(...entries);
  }

  #name(clientId: number): void {
    const name = this.#options.meeting.participants.get(clientId)?.client.name;
    if (name !== undefined) this.#note({ type: 'person', clientId, name });
  }

  #chooseCameras(): void {
    if (!this.#receiver) return;
    const { producers, pinned } = this.#options.meeting.media;
    const all = [...producers.all()].filter(({ source }) => source === 'camera');
    const recorded = new Set([...this.#captured.keys()].filter(({ source }) => source === 'camera'));
    const chosen = chooseCameras(all, { pinned, spoke: this.#spoke, recorded, most: this.#options.settings.videos });
    for (const one of recorded) if (!chosen.includes(one)) this.#remove(one);
    for (const one of chosen) this.#add(one);
  }

  #add(one: RoomProducer): void {
    const receiver = this.#receiver;
    if (!receiver || this.#captured.has(one)) return;
    const captured: Captured = { closed: false };
    this.#captured.set(one, captured);
    this.#capture(receiver, one, captured).catch((error) => {
      if (this.#captured.get(one) === captured) this.#captured.delete(one);
      this.#options.log.warn({ err: error, source: one.source }, 'a producer is not recorded');
    });
  }

  async #capture(receiver: PlainReceiver, one: RoomProducer, captured: Captured): Promise<void> {
    const received = await receiver.receive(one);
    if (!received) return;
    const { consumer, from } = received;
    if (captured.closed || receiver !== this.#receiver) return consumer.close();
    const { codecs, headerExtensions = [], encodings = [] } = consumer.rtpParameters;
    const [codec] = codecs;
    const ssrc = encodings[0]?.ssrc;
    if (!codec || ssrc === undefined) return consumer.close();
    const idOf = (uri: string) => headerExtensions.find((extension) => extension.uri === uri)?.id;
    const track = ++this.#tracks;
    Object.assign(captured, { consumer, track });
    this.#name(one.clientId);
    this.#note({
      type: 'track',
      track,
      clientId: one.clientId,
      source: one.source,
      mimeType: codec.mimeType.toLowerCase(),
      payloadType: codec.payloadType,
      clockRate: codec.clockRate,
      ssrc,
      from,
      levelId: idOf(levelUri),
      rotationId: idOf(rotationUri),
    });
    if (one.producer.paused) this.#note({ type: 'paused', track });
  }

  #remove(one: RoomProducer): void {
    const captured = this.#captured.get(one);
    if (!captured) return;
    this.#captured.delete(one);
    captured.closed = true;
    captured.consumer?.close();
    if (captured.track === undefined) return;
    this.#name(one.clientId);
    this.#note({ type: 'closed', track: captured.track });
  }
}
