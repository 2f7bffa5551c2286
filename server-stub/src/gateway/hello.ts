import type { IncomingMessage } from 'node:http';
import type { platform } from '@meetframe/contract/api';
import type { Checked, Output } from '@meetframe/contract/define';
import { protocol, version } from '@meetframe/contract/version';
import { rates } from '@meetframe/contract/wire';
import type { Accounts } from '../account/account.ts';
import { type CallerApp, platformApp } from '../account/app.ts';
import { isRelay } from '../addresses.ts';
import type { Config } from '../config.ts';
import { fail } from '../errors.ts';
import type { Relays } from '../media/relay.ts';
import { limit } from '../throttle/limit.ts';
import { networkOf } from '../throttle/source.ts';
import type { Device } from './device.ts';
import type { Devices } from './devices.ts';
import { refuseUnsigned, validate } from './dispatch.ts';
import { localeOf } from './locale.ts';
import { isOwnOrigin } from './origin.ts';
import type { ProxyHints } from './proxyHints.ts';

type Row = (typeof platform)['session.hello'];
type Input = Checked<Row>;
type Answer = Output<Row>;
export type HelloParts = {
  config: Config;
  build: string;
  relays: Relays;
  origin(): string;
  accounts: Accounts;
  rtpCapabilities: Answer['rtpCapabilities'];
  devices: Devices;
  hints: ProxyHints;
};
export type Welcome = {
  device: Device;
  answer: Answer;
  /** The texts of the events to send again. */
  missed: string[];
  /** The device of a client that comes back as another user: it ends, with its seat. */
  abandoned: Device | undefined;
};
export type Hello = (message: object, request: IncomingMessage, ip: string) => Promise<Welcome>;

/** Answers `session.hello`, the first message of a socket: checks the credentials, and opens a new device or resumes one. */
export const makeHello = (parts: HelloParts): Hello => {
  const { config, relays, accounts, devices } = parts;
  const helloLimit = limit(rates.hello.times, rates.hello.seconds);

  /** A widget has the origin of the platform. If it has another one, PUBLIC_ORIGIN most likely lacks the address of a proxy. */
  const strangeWidget = (from: string | undefined) => {
    if (from === undefined || from === 'null') return undefined;
    parts.hints.strangeWidget(from);
    return {
      text: ` If ${from} is the address of the platform itself, PUBLIC_ORIGIN must be set to it; it is ${parts.origin()}.`,
      details: { fault: 'publicOrigin' },
    };
  };

  const appFor = async (input: Input, request: IncomingMessage): Promise<CallerApp> => {
    const { origin } = request.headers;
    const own = (value: string | undefined) => isOwnOrigin(value, parts.origin(), request.headers.host);
    if (input.sign === undefined) {
      if ((input.pageOrigin === undefined || own(input.pageOrigin)) && (origin === undefined || own(origin)))
        return platformApp;
      return refuseUnsigned(
        input.pageOrigin === undefined || own(input.pageOrigin) ? strangeWidget(origin) : undefined,
      );
    }
    const kept = input.resume && devices.byToken(input.resume.token);
    const app = kept?.mayReturnWith(input.sign) ? kept.app : await accounts.appOfSign(input.sign);
    for (const page of [input.pageOrigin, origin])
      if (page !== undefined && !own(page) && !app.origins.includes(page)) {
        const hint = input.pageOrigin !== undefined && page !== input.pageOrigin ? strangeWidget(page) : undefined;
        fail('FORBIDDEN', `${page} is not among the origins of the app ${app.id}.${hint?.text ?? ''}`, {
          origin: page,
          ...hint?.details,
        });
      }
    return app;
  };

  /** The address of a relay must be `host:port`. */
  const checkRelay = ({ relayServer }: Input): void => {
    if (relayServer && !isRelay(relayServer))
      fail('INVALID_ARGUMENT', 'session.hello: relayServer should be host:port.', {
        field: 'relayServer',
        expected: 'host:port',
      });
  };

  return async (message, request, ip) => {
    // Check the version first: in another version the other fields may have another meaning. Only numbers are echoed.
    const { major, minor } = (message as { protocol?: { major?: unknown; minor?: unknown } }).protocol ?? {};
    if (Number.isInteger(major) && major !== protocol.major) {
      const client = { major, minor: Number.isInteger(minor) ? minor : 0 };
      fail(
        'VERSION_MISMATCH',
        `The client speaks protocol ${client.major}.${client.minor}, this server ${protocol.major}.${protocol.minor}.`,
        { client, server: protocol },
      );
    }
    const input = validate('session.hello', message) as Input;
    const own = (page: string | undefined) => isOwnOrigin(page, parts.origin(), request.headers.host);
    await helloLimit.take(networkOf(ip));
    const app = await appFor(input, request);
    checkRelay(input);
    const isOffered = input.relayServer !== undefined && relays.offers(input.relayServer);
    const user =
      input.SID === undefined
        ? undefined
        : ((await accounts.userOfSID(input.SID)) ??
          fail('UNAUTHENTICATED', 'The session id is unknown or has expired; log in again.'));

    const keptDevice = () => {
      const kept = input.resume && devices.byToken(input.resume.token);
      return kept?.app.id === app.id ? kept : undefined;
    };
    /** A resume token alone proves no login: it may be older than the login, and known to others. */
    const isSameUser = (kept: Device): boolean => kept.user?.id === user?.id;
    const likely = user ?? keptDevice()?.user;
    const who = likely && (await accounts.identity(likely));
    // No `await` from here until the socket is attached: an event would be lost, or the grace time could end meanwhile.
    const named = keptDevice();
    const kept = named && isSameUser(named) ? named : undefined;
    const device = kept ?? devices.open(app, ip, named ? undefined : input.resume?.token);
    if (input.sign !== undefined) device.identify(app, input.sign);
    device.pages = [input.pageOrigin, request.headers.origin].filter(
      (page) => page !== undefined && !own(page),
    ) as string[];
    Object.assign(device, {
      userAgent: request.headers['user-agent'],
      locale: localeOf(request.headers['accept-language']),
      mode: input.mode ?? device.mode,
      // For a relay that is not the platform's there are no credentials: media goes directly, and the client is told.
      relayServer: isOffered ? input.relayServer : undefined,
      relay: input.relay ?? 'relay',
      transport: input.transport,
      takesGuests: input.logout === true,
    });
    if (user && input.SID !== undefined) devices.logIn(device, { user, SID: input.SID });
    const missed = kept ? kept.missedSince(input.resume?.lastSeq ?? 0) : [];
    const answer: Answer = {
      resumed: kept !== undefined,
      missed: missed ? 'events' : 'snapshot',
      resumeToken: device.token,
      seq: device.seq,
      ...(input.relayServer && !isOffered && { unsupported: ['relayServer'] }),
      grace: config.GRACE_MS,
      serverTime: Date.now(),
      version,
      build: parts.build,
      protocol,
      app: { id: app.id, name: app.name },
      signExpiresAt: device.signExpiresAt,
      user: (device.user && who?.user) ?? null,
      company: (device.user && who?.company) ?? null,
      level: (device.user && who?.level) ?? null,
      openBefore: config.OPEN_BEFORE_MS,
      rtpCapabilities: parts.rtpCapabilities,
    };
    return {
      device,
      // The token alone must not end the session of another user: other people may know it.
      abandoned: kept || named?.connected ? undefined : named,
      missed: missed ?? [],
      answer,
    };
  };
};
