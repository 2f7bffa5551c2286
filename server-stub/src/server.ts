import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { makeAccounts } from './account/account.ts';
import type { Config } from './config.ts';
import { makeDispatch } from './gateway/dispatch.ts';
import { makeHandlers } from './gateway/handlers.ts';
import { makeHttp } from './gateway/http.ts';
import type { Session } from './gateway/session.ts';
import { openSockets } from './gateway/socket.ts';
import { makeLog } from './log.ts';
import { startWorkers } from './media/workers.ts';
import { makeMeetings } from './meeting/meetings.ts';
import { makeRooms, type Rooms } from './rooms/rooms.ts';
import { seedDemo } from './store/demo.ts';
import { openStore } from './store/store.ts';

/** The composition root: the only place that knows everybody. */
export const startServer = async (config: Config): Promise<{ origin: string; close(): Promise<void> }> => {
  const log = makeLog(config.LOG_LEVEL);
  const store = await openStore(config.DATA_DIR);
  if (config.DEMO) await seedDemo(store, config.DEMO_ORIGINS);
  const workers = await startWorkers(config, log).catch(async (error) => {
    await store.destroy();
    throw error;
  });

  const accounts = makeAccounts(store, config);
  const meetings = makeMeetings({ store, rooms: (): Rooms => rooms, workers, log });
  const rooms = makeRooms(store, { isRunning: meetings.isRunning, keepEmpty: config.TEMP_ROOM_MS });
  const sessions = new Map<string, Session>();
  const sessionsOf = (SID: string) => [...sessions.values()].filter((session) => session.SID === SID);
  const dispatch = makeDispatch(makeHandlers({ config, accounts, rooms, meetings, sessionsOf }));

  const metrics = new Registry();
  collectDefaultMetrics({ register: metrics });
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers: [metrics],
      collect() {
        this.set(read());
      },
    });
  gauge('meetframe_meetings', 'Running meetings.', () => [...meetings.all()].length);
  gauge('meetframe_participants', 'People in meetings.', () =>
    [...meetings.all()].reduce((sum, one) => sum + one.participants.size, 0),
  );
  gauge('meetframe_sessions', 'Sessions, with those kept for a lost socket.', () => sessions.size);
  gauge('meetframe_workers', 'Media workers that run.', () => workers.size);

  let origin = config.PUBLIC_ORIGIN;
  const http = await makeHttp({ config, origin: () => origin, accounts, dispatch, store, log, metrics });
  const sockets = openSockets(http.server, {
    config,
    origin: () => origin,
    accounts,
    meetings,
    dispatch,
    log,
    rtpCapabilities: workers.rtpCapabilities,
    sessions,
  });

  const sweeping = setInterval(() => {
    rooms.removeStale().catch((error) => log.warn({ err: error }, 'stale rooms were not removed'));
  }, 60_000);

  const close = async (): Promise<void> => {
    clearInterval(sweeping);
    // Spread the return of everybody over some seconds.
    meetings.closeAll('shutdown', 1000 + Math.floor(Math.random() * 4000));
    await sockets.close();
    await http.close();
    workers.close();
    await store.destroy();
    log.info('stopped');
  };

  try {
    await rooms.removeStale();
    await http.listen({ host: config.HOST, port: config.PORT });
  } catch (error) {
    await close();
    throw error;
  }
  const address = http.server.address();
  if (!origin && address && typeof address === 'object') origin = `http://localhost:${address.port}`;
  log.info({ origin, media: `${config.MEDIA_LISTEN}:${config.MEDIA_PORT}`, workers: workers.size }, 'MeetFrame is up');
  return { origin, close };
};
