import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Workers } from './media/workers.ts';
import type { Meetings } from './meeting/meetings.ts';

/** How often the lag of the event loop is looked at, in milliseconds: more often it would cost more than all else that an idle server does. */
const lookEvery = 50;
/** The greatest time that a timer takes: prom-client cannot be told to leave the event loop alone. */
const hardlyEver = 2 ** 31 - 1;

/**
 * The metrics of `/metrics`. Labels take few values only: names of the contract's methods, error codes, kinds, workers.
 */
export const makeMetrics = (parts: {
  workers: Workers;
  meetings: Meetings;
  devices: { readonly size: number };
  /** Open sockets. */
  connections(): number;
}) => {
  const { workers, meetings, devices, connections } = parts;
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: hardlyEver });
  const registers = [registry];
  type Collect<L extends string> = (set: (value: number, labels?: Record<L, string>) => void) => void | Promise<void>;
  const gauge = <L extends string>(name: string, help: string, labelNames: readonly L[], collect: Collect<L>): void => {
    new Gauge({
      name,
      help,
      registers,
      labelNames,
      async collect() {
        this.reset();
        await collect((value, labels) => (labels ? this.set(labels, value) : this.set(value)));
      },
    });
  };
  /** A counter whose value comes from another count; it starts again at 0 when that does. */
  const counter = <L extends string>(
    name: string,
    help: string,
    labelNames: readonly L[],
    collect: Collect<L>,
  ): void => {
    new Counter({
      name,
      help,
      registers,
      labelNames,
      async collect() {
        this.reset();
        await collect((value, labels) => (labels ? this.inc(labels, value) : this.inc(value)));
      },
    });
  };

  // In place of prom-client's figures of the same names, which contain the time between two looks.
  const lags = monitorEventLoopDelay({ resolution: lookEvery });
  lags.enable();
  const lag = (which: string, help: string, nanoseconds: () => number): void => {
    const name = `nodejs_eventloop_lag_${which}_seconds`;
    registry.removeSingleMetric(name);
    gauge(name, help, [], (set) => set(lags.count === 0 ? 0 : nanoseconds() / 1e9));
  };
  const late = (which: string, nanoseconds: () => number): void =>
    lag(which, 'By how much timers are late since the last reading.', () =>
      Math.max(0, nanoseconds() - lookEvery * 1e6),
    );
  late('min', () => lags.min);
  late('max', () => lags.max);
  late('mean', () => lags.mean);
  for (const share of [50, 90, 99]) late(`p${share}`, () => lags.percentile(share));
  // Read last, because each reading begins anew.
  lag('stddev', 'Their standard deviation.', () => {
    const { stddev } = lags;
    lags.reset();
    return stddev;
  });

  gauge('meetframe_meetings', 'Running meetings.', [], (set) => set([...meetings.all()].length));
  gauge('meetframe_participants', 'People in meetings.', [], (set) =>
    set([...meetings.all()].reduce((sum, one) => sum + one.participants.size, 0)),
  );
  gauge('meetframe_sessions', 'Sessions, with those kept for a lost socket.', [], (set) => set(devices.size));
  gauge('meetframe_sockets', 'Open sockets.', [], (set) => set(connections()));
  gauge('meetframe_workers', 'Media workers that run.', [], (set) => set(workers.size));
  counter('meetframe_worker_deaths_total', 'Media workers that died since the start.', [], (set) =>
    set(workers.deaths),
  );
  gauge('meetframe_transports', 'Open media transports of clients.', [], (set) => set(workers.usage.transports));
  gauge('meetframe_pipes', 'Ends of connections between workers.', [], (set) => set(workers.usage.pipes));
  gauge('meetframe_piped_producers', 'Producers that are piped to another worker.', [], (set) =>
    set(workers.usage.piped),
  );
  gauge('meetframe_producers', 'What clients send.', ['kind'], (set) => {
    for (const kind of ['audio', 'video'] as const) set(workers.usage.producers[kind], { kind });
  });
  gauge('meetframe_consumers', 'What clients receive.', ['kind'], (set) => {
    for (const kind of ['audio', 'video'] as const) set(workers.usage.consumers[kind], { kind });
  });
  gauge('meetframe_media_bits_per_second', 'RTP between clients and workers.', ['direction'], async (set) => {
    const { received, sent } = await workers.bitrates();
    set(received, { direction: 'received' });
    set(sent, { direction: 'sent' });
  });
  counter(
    'meetframe_worker_cpu_seconds_total',
    'CPU time of a media worker since its start.',
    ['worker'],
    async (set) => {
      for (const { worker, cpu } of await workers.resources()) set(cpu, { worker });
    },
  );
  gauge(
    'meetframe_worker_packets_per_second',
    'What a media worker handles, by its CPU time; meetings are placed by it.',
    ['worker'],
    (set) => {
      for (const { worker, packets } of workers.packets()) set(packets, { worker });
    },
  );
  gauge('meetframe_worker_memory_bytes', 'Largest memory that a media worker has held.', ['worker'], async (set) => {
    for (const { worker, memory } of await workers.resources()) set(memory, { worker });
  });

  const calls = new Counter({
    name: 'meetframe_calls_total',
    help: 'Calls by method and outcome, ok or an error code.',
    labelNames: ['method', 'code'],
    registers,
  });
  const resumes = new Counter({
    name: 'meetframe_resumes_total',
    help: 'Sessions taken up again: with all events, with a snapshot, or too late.',
    labelNames: ['outcome'],
    registers,
  });

  return {
    registry,
    resumed: (outcome: 'events' | 'snapshot' | 'lost') => resumes.inc({ outcome }),
    /** A call was answered: with `ok`, or with the code of an error. */
    called: (method: string, code: string) => calls.inc({ method, code }),
    close: () => void lags.disable(),
  };
};
