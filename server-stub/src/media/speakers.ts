import type { WirePayload } from '@meetframe/contract/api';
import type { types } from 'mediasoup';
import type { Log } from '../log.ts';
import { audiblePlaces } from './audible.ts';
import { chooseDominant } from './dominant.ts';
import { keepLoudest, type Volume } from './loudest.ts';
import type { Producers, RoomProducer } from './producers.ts';

/** More entries than are sent, so that a speaker who becomes quieter can be told from one who is silent. */
const observed = 16;
const interval = 300;
/** The least time between two messages about speakers, in ms. */
const tellEvery = 250;

type Observers = [types.AudioLevelObserver, types.ActiveSpeakerObserver];
/** What the observers of one router report about its microphones. `dominantSince` orders the dominant speakers of several routers. */
type Observed = { ready: Promise<Observers>; volumes: Volume[]; dominant: number | null; dominantSince: number };
/** The active speakers, loudest first, volumes in steps of 5 dB. `active` is the dominant speaker, null in silence. */
export type ActiveSpeakers = WirePayload<'meeting.speakers'>;
type Parts = {
  log: Log;
  producers: Pick<Producers, 'byId'>;
  /** The set of the loudest speakers changed. */
  loudestChanged(): void;
  tell(speakers: ActiveSpeakers): void;
};

/** Observes each microphone on its home router, so that none is piped only to be observed, and merges the reports of all routers. */
export class Speakers {
  readonly #parts: Parts;
  readonly #routers = new Map<types.Router, Observed>();
  #loudest: number[] = [];
  readonly #lastHeard = new Map<number, number>();
  /** The last dominant speaker, kept through silence: an observer reports only a change, not that the same participant speaks again. */
  #dominant: number | null = null;
  #named = 0;
  #speakers: readonly Volume[] = [];
  #lastSent = '';
  #telling: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Client ids of the participants whose microphones every participant receives. */
  get loudest(): readonly number[] {
    return this.#loudest;
  }

  async add({ producer, router }: RoomProducer): Promise<void> {
    try {
      const observers = await this.#observe(router).ready;
      await Promise.all(observers.map((observer) => observer.addProducer({ producerId: producer.id })));
    } catch (error) {
      // Expected when the producer or its worker has closed meanwhile.
      if (!this.#closed)
        this.#parts.log.debug({ err: error }, 'a microphone could not be added to the observers of active speakers');
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
      const now = performance.now();
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
    const loudest = keepLoudest(this.#loudest, loud, this.#lastHeard, performance.now(), audiblePlaces);
    const differs = loudest.join() !== this.#loudest.join();
    this.#loudest = loudest;
    if (differs) this.#parts.loudestChanged();
  }

  /** Sends the speakers if they differ from what was sent last. */
  #tell(): void {
    if (this.#telling) return;
    this.#telling = setTimeout(() => {
      this.#telling = undefined;
      const state: ActiveSpeakers = {
        active: this.#speakers.length > 0 ? this.#dominant : null,
        speakers: this.#speakers.map(({ clientId, volume }) => ({ clientId, volume: Math.round(volume / 5) * 5 })),
      };
      const text = JSON.stringify(state);
      if (text === this.#lastSent) return;
      this.#lastSent = text;
      this.#parts.tell(state);
    }, tellEvery);
  }
}
