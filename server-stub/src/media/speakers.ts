import type { types } from 'mediasoup';
import type { Log } from '../log.ts';
import type { Lane } from './lanes.ts';
import { keepLoudest, type Volume } from './loudest.ts';
import type { Sendable } from './subscriptions.ts';

/** So many voices everybody receives; where there are no more microphones, all of them. */
export const audibleVoices = 8;
/** More than are heard, so that a voice that fades is told from one that is silent. */
const observed = 16;
const interval = 300;
/** At most four messages a second. */
const tellEvery = 250;

type Watch = { lane: Lane; ready: Promise<[types.AudioLevelObserver, types.ActiveSpeakerObserver]> };
type Speakers = { active: number | null; speakers: Volume[] };
type Parts = {
  log: Log;
  sendable(): Sendable[];
  /** Makes a producer of that client available on a lane. */
  bring(lane: Lane, producerId: string, clientId: number): Promise<void>;
  /** Other voices than before are to be received. */
  changed(): void;
  tell(speakers: Speakers): void;
};

/** Listens to all microphones of a meeting, on one of its lanes: who speaks, and whom everybody receives. */
export class Voices {
  readonly #parts: Parts;
  #watch: Watch | undefined;
  #kept: number[] = [];
  readonly #lastHeard = new Map<number, number>();
  /** Who spoke last, also through silence: the observer tells a change only, not that the same voice goes on. */
  #floor: number | null = null;
  #speakers: readonly Volume[] = [];
  #told = '';
  #telling: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Listens to a microphone; `lane` is where the listening begins if nobody is listened to yet. */
  async add(lane: Lane, producerId: string, clientId: number): Promise<void> {
    this.#watch ??= this.#open(lane);
    const watch = this.#watch;
    try {
      const observers = await watch.ready;
      await this.#parts.bring(watch.lane, producerId, clientId);
      await Promise.all(observers.map((observer) => observer.addProducer({ producerId })));
    } catch (error) {
      // Ordinary where the producer or the worker has gone meanwhile.
      if (!this.#closed) this.#parts.log.debug({ err: error }, 'a voice is not listened to');
    }
  }

  /** Stops listening on a lane whose worker died; true when there is nothing left that listens. */
  lost(lane: Lane): boolean {
    if (this.#watch?.lane !== lane) return false;
    this.#watch = undefined;
    this.#floor = null;
    this.#speakers = [];
    this.#tell();
    return true;
  }

  forget(clientId: number): void {
    this.#kept = this.#kept.filter((id) => id !== clientId);
    this.#lastHeard.delete(clientId);
    if (this.#floor === clientId) this.#floor = null;
  }

  /** Whose voice everybody receives: the loudest few, and while there are places left whoever is not muted. */
  audible(sendable: readonly Sendable[]): Set<number> {
    const voices = sendable.filter(({ source }) => source === 'mic');
    if (voices.length <= audibleVoices) return new Set(voices.map(({ clientId }) => clientId));
    const open = voices.filter(({ paused }) => !paused).map(({ clientId }) => clientId);
    const kept = this.#kept.filter((id) => open.includes(id));
    return new Set([...kept, ...open.filter((id) => !kept.includes(id))].slice(0, audibleVoices));
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#telling);
  }

  #open(lane: Lane): Watch {
    const { router } = lane;
    const watch: Watch = {
      lane,
      ready: Promise.all([
        router.createAudioLevelObserver({ maxEntries: observed, threshold: -60, interval }),
        router.createActiveSpeakerObserver({ interval }),
      ]),
    };
    watch.ready.then(
      ([level, floor]) => this.#listen(level, floor),
      () => {
        if (this.#watch === watch) this.#watch = undefined;
      },
    );
    return watch;
  }

  #listen(level: types.AudioLevelObserver, floor: types.ActiveSpeakerObserver): void {
    const owner = (id: string) => this.#parts.sendable().find(({ producerId }) => producerId === id)?.clientId;
    level.on('volumes', (volumes) => {
      const speakers = volumes.flatMap(({ producer, volume }) => {
        const clientId = owner(producer.id);
        return clientId === undefined ? [] : [{ clientId, volume }];
      });
      this.#hear(speakers);
      this.#speakers = speakers.slice(0, audibleVoices);
      this.#tell();
    });
    level.on('silence', () => {
      this.#speakers = [];
      this.#tell();
    });
    floor.on('dominantspeaker', ({ producer }) => {
      this.#floor = owner(producer.id) ?? null;
      this.#tell();
    });
  }

  #hear(loud: readonly Volume[]): void {
    const now = Date.now();
    for (const { clientId } of loud) this.#lastHeard.set(clientId, now);
    const kept = keepLoudest(this.#kept, loud, this.#lastHeard, now, audibleVoices);
    const differs = kept.join() !== this.#kept.join();
    this.#kept = kept;
    if (differs) this.#parts.changed();
  }

  /** Tells only what differs: volumes in steps of 5 dB. */
  #tell(): void {
    if (this.#telling || this.#closed) return;
    this.#telling = setTimeout(() => {
      this.#telling = undefined;
      const state: Speakers = {
        active: this.#speakers.length > 0 ? this.#floor : null,
        speakers: this.#speakers.map(({ clientId, volume }) => ({ clientId, volume: Math.round(volume / 5) * 5 })),
      };
      const text = JSON.stringify(state);
      if (text === this.#told) return;
      this.#told = text;
      this.#parts.tell(state);
    }, tellEvery);
  }
}
