import type { types } from 'mediasoup';

type Pair = readonly [types.PipeTransport, types.PipeTransport];

const options = { listenInfo: { protocol: 'udp', ip: '127.0.0.1' }, enableSctp: false } as const;

const connect = async (one: types.Router, other: types.Router): Promise<Pair> => {
  const made = await Promise.allSettled([one.createPipeTransport(options), other.createPipeTransport(options)]);
  const transports = made.flatMap((each) => (each.status === 'fulfilled' ? each.value : []));
  try {
    const [near, far] = transports;
    if (!near || !far) throw made.find((each) => each.status === 'rejected')?.reason;
    const addressOf = ({ tuple }: types.PipeTransport) => ({ ip: tuple.localAddress, port: tuple.localPort });
    await Promise.all([near.connect(addressOf(far)), far.connect(addressOf(near))]);
    near.observer.once('close', () => far.close());
    far.observer.once('close', () => near.close());
    return [near, far];
  } catch (error) {
    for (const transport of transports) transport.close();
    throw error;
  }
};

/**
 * Connected pipe transports between the routers of a meeting. One pair serves both directions. mediasoup's `pipeToRouter` makes
 * them too, but never tries again after a first failure.
 */
export class PipePairs {
  readonly #pairs = new Map<string, Promise<Pair>>();

  /** The pair between two routers, the transport on `from` first. A pair that failed or has closed is replaced. */
  async between(from: types.Router, to: types.Router): Promise<Pair> {
    const [one, other] = from.id < to.id ? [from, to] : [to, from];
    const key = `${one.id} ${other.id}`;
    const pair = this.#pairs.get(key) ?? this.#make(key, one, other);
    const [first, second] = await pair;
    return one === from ? [first, second] : [second, first];
  }

  #make(key: string, one: types.Router, other: types.Router): Promise<Pair> {
    const pair = connect(one, other);
    this.#pairs.set(key, pair);
    const forget = (): void => {
      if (this.#pairs.get(key) === pair) this.#pairs.delete(key);
    };
    pair.then(([transport]) => (transport.closed ? forget() : transport.observer.once('close', forget)), forget);
    return pair;
  }
}
