import { rtpCapabilities } from '@meetframe/contract/rtp';
import { makeAccounts } from './account/account.ts';
import { adviseAdministrator } from './account/firstSteps.ts';
import { makeAppointments } from './appointments/appointments.ts';
import { makeAppointmentLists } from './appointments/lists.ts';
import { makeMailing } from './appointments/mailing.ts';
import { makePeople } from './calls/announce.ts';
import { makeCalls } from './calls/calls.ts';
import { makeGuests } from './calls/guests.ts';
import { makeCallHistory } from './calls/history.ts';
import { makeCallSettings } from './calls/settings.ts';
import { watchCalls } from './calls/watch.ts';
import { memoryCluster } from './cluster/memory.ts';
import { type Config, ownOrigin } from './config.ts';
import { type FileServices, makeFileServices } from './fileServices.ts';
import { buildOf, keepAssets } from './gateway/builds.ts';
import { Devices } from './gateway/devices.ts';
import { makeDispatch } from './gateway/dispatch.ts';
import { makeHandlers } from './gateway/handlers.ts';
import { makeHttp } from './gateway/http.ts';
import { makeProxyHints } from './gateway/proxyHints.ts';
import { makeLogins, makeRefresh, makeRenew } from './gateway/revocation.ts';
import { openSockets } from './gateway/socket.ts';
import { startHousekeeping } from './housekeeping.ts';
import { makeLog } from './log.ts';
import { makeMailOutbox } from './mail/outbox.ts';
import { startMails } from './mail/sending.ts';
import { makeProbes } from './media/probes.ts';
import { checkAnnounced } from './media/reach.ts';
import { makeRelays } from './media/relay.ts';
import { startWorkers } from './media/workers.ts';
import { makeAdmission } from './meeting/admission.ts';
import { makeChat } from './meeting/chat.ts';
import { makeJournal } from './meeting/journal.ts';
import { makeMeetings } from './meeting/meetings.ts';
import { makeOccupancy } from './meeting/occupancy.ts';
import { makePace } from './meeting/pace.ts';
import { makeSeating } from './meeting/seating.ts';
import { makeWaitingRooms } from './meeting/waitingRooms.ts';
import { makeMetrics } from './metrics.ts';
import { makeOutward } from './outward.ts';
import { makePresence } from './presence/presence.ts';
import { makeLinks } from './records/links.ts';
import { makeAccess } from './rooms/access.ts';
import { makeRoomMembers } from './rooms/members.ts';
import { makeRooms } from './rooms/rooms.ts';
import { makeSchedule } from './rooms/schedule.ts';
import { seedDemo } from './store/demo.ts';
import { holdFolder } from './store/soleServer.ts';
import { openStore, storageFault } from './store/store.ts';
import { limit } from './throttle/limit.ts';
import { makeThrottles } from './throttle/throttles.ts';
import { makeStoredTranscripts } from './transcription/stored.ts';
import { makeTranscriptions } from './transcription/transcriptions.ts';
import { makeTranscripts } from './transcription/transcripts.ts';
import { makeUsers } from './users/users.ts';
import { startDeliveries } from './webhooks/deliveries.ts';
import { makeWebhookOutbox } from './webhooks/outbox.ts';

/** How long requests under way, and the last writes of meetings, get when the server stops, in milliseconds. */
const finishWithin = 1000;
/** How long the signed address of a file in the chat is valid at least. */
const fileLinkLife = 3600_000;

export type Server = {
  origin: string;
  /** The port on which it listens. */
  port: number;
  /** For recorders inside this process, which use the same services, and for tests. */
  services: Pick<FileServices, 'records' | 'uploads' | 'recordings' | 'composing' | 'chatFiles'>;
  close(): Promise<void>;
};

/** The composition root: makes all services and connects them. */
export const startServer = async (config: Config): Promise<Server> => {
  const log = makeLog(config.LOG_LEVEL);
  const release = config.DATABASE_URL === undefined ? await holdFolder(config.DATA_DIR) : () => {};
  const store = await openStore(config, (reason) =>
    log.warn({ reason }, 'a connection to the database was lost'),
  ).catch((error) => {
    release();
    throw error;
  });
  const closeStore = async (error: unknown): Promise<never> => {
    await store.destroy();
    release();
    throw storageFault(config.DATA_DIR, error);
  };
  if (config.DEMO) await seedDemo(store, config.DEMO_ORIGINS).catch(closeStore);
  const workers = await startWorkers(config, log).catch(closeStore);

  let origin = config.PUBLIC_ORIGIN;
  const throttles = makeThrottles(store);
  const accounts = makeAccounts(store, config, throttles);
  const cluster = memoryCluster({
    id: 'local',
    name: config.NODE_NAME,
    address: config.MEDIA_ANNOUNCED ?? workers.addresses.at(-1) ?? '',
    get isWell() {
      return workers.size > 0;
    },
    get load() {
      const running = [...meetings.all()];
      const people = running.reduce((sum, { participants }) => sum + participants.size, 0);
      return { people, rooms: running.length, ...workers.load() };
    },
  });
  const schedule = makeSchedule(store, { openBefore: config.OPEN_BEFORE_MS, cluster });
  const lookups = throttles.distinct('lookup', [config.LOOKUPS_PER_HOUR, 3600]);
  const access = makeAccess(store, { openBefore: config.OPEN_BEFORE_MS, schedule, lookups });
  const mailOutbox = makeMailOutbox();
  const mailing = makeMailing({ store, throttles, config, outbox: mailOutbox, origin: () => origin });
  const rooms = makeRooms(store, access, {
    cluster,
    mailing,
    keepEmpty: config.TEMP_ROOM_MS,
    guesses: throttles.guard('room', { pair: [10, 300], source: [100, 600], target: [300, 3600] }),
  });
  const webhooks = makeWebhookOutbox(store);
  const journal = makeJournal(store, webhooks);
  const fileLinks = makeLinks(config.SIGN_SECRET, fileLinkLife, 'chat');
  const chat = makeChat(store, log, fileLinks);
  const meetings = makeMeetings({ store, access, schedule, cluster, journal, chat, workers, log });
  meetings.events.on('ended', ({ room }) => {
    rooms
      .touch(room.id)
      .catch((error) => log.warn({ err: error }, 'the time of the last use of a room could not be stored'));
  });
  const users = makeUsers(store);
  const transcripts = makeTranscripts(store, log);
  const transcriptions = makeTranscriptions({ config, meetings, transcripts, log });
  const appointments = makeAppointments(store, access, schedule, { cluster, rooms, mailing });
  const { storage, records, recordFiles, uploads, recordings, composing, chatFiles } = makeFileServices({
    ...{ store, config, log, webhooks, meetings, chat, fileLinks },
  });
  const devices = new Devices(cluster);
  const relays = makeRelays(config);
  if (config.TURN_SECRET && !config.TURN_SERVERS.length)
    log.warn(
      'TURN_SECRET without TURN_SERVERS: no relay is offered. List the addresses that pages name as relayServer',
    );
  const logins = makeLogins(devices, meetings, cluster);
  const renew = makeRenew(accounts, devices, logins);
  const probes = makeProbes(workers);
  const waitingRooms = makeWaitingRooms({ meetings, cluster, guestShare: config.GUEST_SHARE });
  const seating = makeSeating(meetings, config.GUEST_SHARE);
  const admission = makeAdmission({
    ...{ store, access, rooms, schedule, meetings, seating, journal, cluster, waitingRooms, log, renew },
  });
  const people = makePeople(store);
  const callSettings = makeCallSettings(store, people);
  const guests = makeGuests({
    ...{ store, devices },
    making: limit(config.MADE_UP_PER_HOUR, 3600),
    become: (device, guest) => {
      const own = devices.byId(device.id);
      if (own) devices.becomeGuest(own, guest);
    },
  });
  const calls = makeCalls({
    ...{ store, webhooks, cluster, devices, access, rooms, guests, settings: callSettings },
    ringFor: config.CALL_RING_MS,
    tellRoom: (roomId, called) => meetings.get(roomId)?.tell('call.toRoom', called),
    onBusy(userIds) {
      for (const userId of userIds) cluster.tell('presence.changed', { userId });
    },
    onRegistered(device) {
      const own = devices.byId(device.id);
      if (own) devices.publish(own);
    },
  });
  const presence = makePresence({ store, cluster, devices, log });
  const metrics = makeMetrics({ workers, meetings, devices, connections: () => sockets.connections });
  const handlers = makeHandlers({
    accounts,
    access,
    rooms,
    roomMembers: makeRoomMembers(store, access, cluster),
    schedule,
    appointments,
    mailing,
    appointmentLists: makeAppointmentLists(store, { usersById: users.byIds, cluster }),
    users,
    records,
    recordFiles,
    recordings,
    uploads,
    calls,
    callSettings,
    callHistory: makeCallHistory(store, { settings: callSettings, people }),
    presence,
    meetings,
    admission,
    occupancy: makeOccupancy({ access, schedule, meetings, seating, cluster }),
    waitingRooms,
    probes,
    pace: makePace(meetings),
    relays,
    chat,
    chatFiles,
    transcriptions,
    storedTranscripts: makeStoredTranscripts(store),
    cluster,
    devices,
    logins,
    making: limit(config.MAKING_PER_MINUTE, 60),
    codes: throttles.guard('code', { pair: [20, 300], source: [20, 300] }),
    lookups,
    origin: () => origin,
  });
  const dispatch = makeDispatch(handlers, {
    refresh: makeRefresh(renew),
    self: meetings.self,
    called: metrics.called,
  });

  await adviseAdministrator(store, log, { isDemo: config.DEMO });

  const hints = makeProxyHints(log, () => origin, config.ALLOWED_HOSTS);
  const build = await buildOf(config.DIST_DIR);
  const assets = keepAssets(config, log);
  const http = await makeHttp({
    config,
    assets,
    origin: () => origin,
    accounts,
    dispatch,
    store,
    records,
    storage,
    uploads,
    chatFiles,
    log,
    hints,
    metrics: metrics.registry,
    media: {
      get well() {
        return workers.well;
      },
      wanted: config.MEDIA_WORKERS,
    },
  });
  const sockets = openSockets(http.server, {
    config,
    build,
    relays,
    origin: () => origin,
    accounts,
    meetings,
    dispatch,
    log,
    hints,
    rtpCapabilities: rtpCapabilities.parse(workers.rtpCapabilities),
    devices,
    onResume: metrics.resumed,
  });

  const deliveries = startDeliveries({
    ...{ store, outbox: webhooks, log },
    post: makeOutward({ allow: config.CALLBACK_ALLOW }),
  });
  const mails = startMails({ store, log, config, outbox: mailOutbox });
  const watching = watchCalls({ calls, meetings, cluster, log });
  const housekeeping = startHousekeeping({
    ...{ store, config, log, accounts, appointments, devices, journal, meetings, records, rooms, throttles, uploads },
    ...{ chatFiles, outboxes: mails ? [deliveries, mails] : [deliveries] },
  });

  const close = async (): Promise<void> => {
    watching.close();
    waitingRooms.close();
    probes.close();
    presence.close();
    housekeeping.close();
    metrics.close();
    // Clients come back at different moments, so that the restarted server is not overloaded.
    const retryAfter = (): number => 1000 + Math.floor(Math.random() * 4000);
    // The end of meetings is stored, unless another process holds the lock of the database for longer.
    await Promise.race([meetings.close(), new Promise((done) => setTimeout(done, finishWithin).unref())]);
    await recordings.close();
    chatFiles.close();
    await composing.close();
    await transcriptions.close();
    await sockets.close(retryAfter);
    // Requests get some time to be answered; one that never ends does not delay the stop.
    const unfinished = setTimeout(() => http.server.closeAllConnections(), finishWithin);
    await http.close();
    clearTimeout(unfinished);
    await deliveries.close();
    await mails?.close();
    await assets.close();
    cluster.close();
    workers.close();
    await store.destroy();
    release();
    log.info('stopped');
  };

  try {
    await rooms.removeStale();
    await records.removeLeftovers();
    await http.listen({ host: config.HOST, port: config.PORT });
  } catch (error) {
    await close();
    throw error;
  }
  const address = http.server.address();
  const port = address && typeof address === 'object' ? address.port : config.PORT;
  if (!origin) origin = ownOrigin(config.HOST, port);
  log.info(
    {
      origin,
      media: workers.addresses.map((address) => `${address}:${config.MEDIA_PORT}`).join(' '),
      workers: workers.size,
    },
    'MeetFrame is up',
  );
  const [, own] = workers.addresses;
  if (own && !config.MEDIA_LISTEN.length)
    log.info(
      { address: own },
      'media also listens on this machine’s own address, which Firefox needs; see MEDIA_LISTEN',
    );
  void checkAnnounced(workers, config, log);
  return { origin, port, services: { records, uploads, recordings, composing, chatFiles }, close };
};
