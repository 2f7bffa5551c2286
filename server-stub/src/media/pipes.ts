import type { types } from 'mediasoup';
import { PipePairs } from './pipePairs.ts';
import type { RoomProducer } from './producers.ts';

/** A producer that is piped to a router other than its home: a consumer on the home router, and a producer with the same id here. */
class Pipe {
  /** How many consumers on this router want the producer. */
  users = 0;
  closing: NodeJS.Timeout | undefined;
  readonly #source: types.Producer;
  readonly #ends: Promise<{ consumer: types.Consumer; producer: types.Producer }>;
  /** Runs pauses and resumes one after the other. */
  #settling: Promise<void> = Promise.resolve();

  constructor({ producer }: RoomProducer, pair: Promise<readonly types.PipeTransport[]>, onClose: () => void) {
    this.#source = producer;
    this.#ends = this.#open(pair);
    const settle = () => void this.settle().catch(() => undefined);
    producer.observer.on('pause', settle);
    producer.observer.on('resume', settle);
    const closed = () => {
      producer.observer.off('pause', settle);
      producer.observer.off('resume', settle);
      clearTimeout(this.closing);
      onClose();
    };
    this.#ends.then((ends) => {
      if (ends.producer.closed) return closed();
      ends.producer.observer.once('close', closed);
    }, closed);
  }

  /** Resumes the pipe while a participant on this router consumes it and the source is not paused; pauses it otherwise. */
  settle(): Promise<void> {
    this.#settling = this.#settling
      .catch(() => undefined)
      .then(async () => {
        const { consumer, producer } = await this.#ends;
        if (producer.closed) throw new Error('the pipe has closed');
        const isUnused = this.users === 0;
        if (consumer.paused !== isUnused) await (isUnused ? consumer.pause() : consumer.resume());
        const paused = isUnused || this.#source.paused;
        if (producer.paused !== paused) await (paused ? producer.pause() : producer.resume());
      });
    return this.#settling;
  }

  closeIfUnused(): void {
    this.#ends.then(
      ({ consumer }) => {
        if (this.users === 0) consumer.close();
      },
      () => undefined,
    );
  }

  async #open(pair: Promise<readonly types.PipeTransport[]>) {
    const [near, far] = (await pair) as [types.PipeTransport, types.PipeTransport];
    const consumer = await near.consume({ producerId: this.#source.id });
    try {
      const { kind, rtpParameters } = consumer;
      const { id, paused, appData } = this.#source;
      const producer = await far.produce({ id, kind, rtpParameters, paused, appData });
      consumer.observer.once('close', () => producer.close());
      producer.observer.once('close', () => consumer.close());
      if (consumer.closed) producer.close();
      return { consumer, producer };
    } catch (error) {
      consumer.close();
      throw error;
    }
  }
}

/**
 * Pipes producers to the other routers of a meeting for as long as they are consumed there. A pipe without consumers is paused
 * at once and closed after `closeAfter` ms.
 */
export class Pipes {
  readonly #closeAfter: number;
  readonly #pairs = new PipePairs();
  readonly #pipes = new Map<string, Pipe>();

  constructor(closeAfter: number) {
    this.#closeAfter = closeAfter;
  }

  /**
   * Resolves once the producer can be consumed on the router, under the same id.
   *
   * @returns a function to call when the caller no longer consumes the producer; a second call does nothing
   */
  async use(source: RoomProducer, router: types.Router): Promise<() => void> {
    if (source.router === router) return () => undefined;
    const key = `${router.id} ${source.producer.id}`;
    const pipe = this.#pipes.get(key) ?? this.#open(key, source, router);
    pipe.users++;
    clearTimeout(pipe.closing);
    let isUsed = true;
    const release = (): void => {
      if (!isUsed) return;
      isUsed = false;
      pipe.users--;
      if (pipe.users === 0 && this.#pipes.get(key) === pipe) this.#unused(pipe);
    };
    try {
      await pipe.settle();
    } catch (error) {
      release();
      throw error;
    }
    return release;
  }

  /** Forgets all pipes. Their transports close with their routers. */
  close(): void {
    for (const { closing } of this.#pipes.values()) clearTimeout(closing);
    this.#pipes.clear();
  }

  #open(key: string, source: RoomProducer, router: types.Router): Pipe {
    const pipe = new Pipe(source, this.#pairs.between(source.router, router), () => {
      if (this.#pipes.get(key) === pipe) this.#pipes.delete(key);
    });
    this.#pipes.set(key, pipe);
    return pipe;
  }

  #unused(pipe: Pipe): void {
    pipe.settle().catch(() => undefined);
    pipe.closing = setTimeout(() => pipe.closeIfUnused(), this.#closeAfter).unref();
  }
}
