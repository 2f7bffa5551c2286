import type { WirePayload } from '@meetframe/contract/api';
import type { types } from 'mediasoup';
import type { Log } from '../log.ts';
import { audiblePlaces } from './audible.ts';
import { chooseDominant } from './dominant.ts';
import { keepLoudest, type Volume } from './loudest.ts';
import type { Producers, RoomProducer } from './producers.ts';

/** More than are received, so that a speaker who fades is told from one who is silent. */
const observed = 16;
const interval = 300;
/** At most four messages a second. */
const tellEvery = 250;

type Observers = [types.AudioLevelObserver, types.ActiveSpeakerObserver];
/** What the observers of one router say of its own microphones; `dominantSince` orders the routers' dominant speakers. */
type Observed = { ready: Promise<Observers>; volumes: Volume[]; dominant: number | null; dominantSince: number };
/** Who speaks, loudest first, volumes in steps of 5 dB; `active` is the dominant speaker, null in silence. */
export type ActiveSpeakers = WirePayload<'meeting.speakers'>;
type Parts = {
  log: Log;
  producers: Pick<Producers, 'byId'>;
  /** The loudest are others than before. */
  loudestChanged(): void;
  tell(speakers: ActiveSpeakers): void;
};

/** Observes each microphone on its home router and merges what the observers say: no microphone is piped to be observed. */
export class Speakers {
  readonly #parts: Parts;
  readonly #routers = new Map<types.Router, Observed>();
  #loudest: number[] = [];
  readonly #lastHeard = new Map<number, number>();
  /** Who spoke last, also through silence: an observer tells a change only, not that the same participant goes on. */
  #dominant: number | null = null;
  #named = 0;
  #speakers: readonly Volume[] = [];
  #told = '';
  #telling: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The participants with a place among the loudest, by client id. */
  get loudest(): readonly number[] {
    return this.#loudest;
  }

  async add({ producer, router }: RoomProducer): Promise<void> {
    try {
      const observers = await this.#observe(router).ready;
      await Promise.all(observers.map((observer) => observer.addProducer({ producerId: producer.id })));
    } catch (error) {
      // Ordinary where the producer or the worker has gone meanwhile.
      if (!this.#closed) this.#parts.log.debug({ err: error }, 'a microphone is not observed');
    }
  }

  forget(clientId: number): void {
    this.#loudest = this.#loudest.filter((id) => id !== clientId);
    this.#lastHeard.delete(clientId);
    for (const one of this.#routers.values()) if (one.dominant === clientId) one.dominant = null;
    if (this.#dominant === clientId) this.#dominant = null;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#telling);
  }

  #observe(router: types.Router): Observed {
    const known = this.#routers.get(router);
    if (known) return known;
    const ready: Promise<Observers> = Promise.all([
      router.createAudioLevelObserver({ maxEntries: observed, threshold: -60, interval }),
      router.createActiveSpeakerObserver({ interval }),
    ]);
    const made: Observed = { ready, volumes: [], dominant: null, dominantSince: 0 };
    this.#routers.set(router, made);
    const forget = () => {
      if (this.#routers.get(router) === made) this.#routers.delete(router);
      this.#changed();
    };
    router.observer.once('close', forget);
    ready.then((observers) => this.#listen(made, observers), forget);
    return made;
  }

  #listen(one: Observed, [level, dominant]: Observers): void {
    const clientOf = (id: string) => this.#parts.producers.byId(id)?.clientId;
    level.on('volumes', (volumes) => {
      one.volumes = volumes.flatMap(({ producer, volume }) => {
        const clientId = clientOf(producer.id);
        return clientId === undefined ? [] : [{ clientId, volume }];
      });
      const now = Date.now();
      for (const { clientId } of one.volumes) this.#lastHeard.set(clientId, now);
      this.#changed();
    });
    level.on('silence', () => {
      one.volumes = [];
      this.#changed();
    });
    dominant.on('dominantspeaker', ({ producer }) => {
      one.dominant = clientOf(producer.id) ?? null;
      one.dominantSince = ++this.#named;
      this.#changed();
    });
  }

  #changed(): void {
    if (this.#closed) return;
    const routers = [...this.#routers.values()];
    const loud = routers
      .flatMap(({ volumes }) => volumes)
      .sort((a, b) => b.volume - a.volume)
      .slice(0, observed);
    const named = routers.toSorted((a, b) => b.dominantSince - a.dominantSince).flatMap((one) => one.dominant ?? []);
    const volumes = new Map(loud.map(({ clientId, volume }) => [clientId, volume]));
    this.#dominant = chooseDominant(this.#dominant, named, volumes);
    this.#speakers = loud.slice(0, audiblePlaces);
    this.#tell();
    const loudest = keepLoudest(this.#loudest, loud, this.#lastHeard, Date.now(), audiblePlaces);
    const differs = loudest.join() !== this.#loudest.join();
    this.#loudest = loudest;
    if (differs) this.#parts.loudestChanged();
  }

  /** Tells only what differs. */
  #tell(): void {
    if (this.#telling) return;
    this.#telling = setTimeout(() => {
      this.#telling = undefined;
      const state: ActiveSpeakers = {
        active: this.#speakers.length > 0 ? this.#dominant : null,
        speakers: this.#speakers.map(({ clientId, volume }) => ({ clientId, volume: Math.round(volume / 5) * 5 })),
      };
      const text = JSON.stringify(state);
      if (text === this.#told) return;
      this.#told = text;
      this.#parts.tell(state);
    }, tellEvery);
  }
}
