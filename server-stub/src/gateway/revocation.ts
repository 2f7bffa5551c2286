import type { Accounts } from '../account/account.ts';
import type { Caller } from '../account/caller.ts';
import type { Logins } from '../account/logins.ts';
import { digest } from '../account/sessions.ts';
import type { Cluster, NodeEvents } from '../cluster/cluster.ts';
import type { Meetings } from '../meeting/meetings.ts';
import type { Device } from './device.ts';
import type { Devices } from './devices.ts';

type Seats = Pick<Meetings, 'leave' | 'userChanged'>;

const endLogin = (devices: Devices, seats: Seats, device: Device): void => {
  seats.leave(device.seat, 'loggedOut');
  devices.logOut(device);
  device.emit('account.changed', { user: null, company: null, level: null });
};

const endAll = (devices: Devices, seats: Seats, which: NodeEvents['login.ended']): void => {
  const some = 'SID' in which ? devices.ofLogin(which.SID) : devices.ofUser(which.userId);
  for (const device of some) {
    const session = device.SID && digest(device.SID);
    const stays = 'SID' in which ? device.id === which.exceptDevice : session === which.exceptSession;
    if (!stays) endLogin(devices, seats, device);
  }
};

export const makeLogins = (devices: Devices, seats: Seats, cluster: Pick<Cluster, 'on' | 'tell'>): Logins => {
  cluster.on('login.ended', (which) => endAll(devices, seats, which));
  return {
    open(deviceId, login) {
      const device = devices.byId(deviceId);
      if (!device) return;
      // Another user must not take over the seat of the previous one.
      if (device.user && device.user.id !== login.user.id) seats.leave(device.seat, 'loggedOut');
      devices.logIn(device, login);
    },
    close(deviceId) {
      const device = devices.byId(deviceId);
      if (device) devices.logOut(device);
    },
    end(which) {
      if ('SID' in which) return cluster.tell('login.ended', which);
      const { userId, exceptSID } = which;
      cluster.tell('login.ended', { userId, exceptSession: exceptSID && digest(exceptSID) });
    },
    refresh(user) {
      devices.refresh(user);
      seats.userChanged(user.id);
    },
  };
};

/** Marks the apps of devices as revoked that have another key or do not list the page of the device any more. */
const checkApps = async (accounts: Accounts, some: readonly Device[]): Promise<void> => {
  const signed = some.filter(({ app }) => app.signed && !app.revoked);
  const apps = await accounts.appsById([...new Set(signed.map(({ app }) => app.id))]);
  for (const { app, pages } of signed) {
    const now = apps.get(app.id);
    if (now?.keyId !== app.keyId || !pages.every((page) => now.origins.includes(page))) app.revoked = true;
  }
};

/** Asks the store for the current state of a device: whether its app still lists its page, and which user its session id belongs to. */
export const makeRenew =
  (accounts: Accounts, devices: Devices, logins: Logins) =>
  async ({ id }: { id: string }): Promise<Device | undefined> => {
    const device = devices.byId(id);
    if (!device) return undefined;
    await checkApps(accounts, [device]);
    const { SID } = device;
    if (SID === undefined) return device;
    const user = await accounts.userOfSID(SID);
    if (!user) logins.end({ SID });
    else if (device.SID === SID) devices.logIn(device, { user, SID });
    return device;
  };

/** Updates the caller of a socket to what the store knows of its device. */
export const makeRefresh =
  (renew: ReturnType<typeof makeRenew>) =>
  async (caller: Caller): Promise<void> => {
    const device = caller.device && (await renew(caller.device));
    if (!device) return;
    // If the device logged in or out meanwhile, its user is not the one of this request.
    const isSame = device.SID === caller.SID;
    caller.user = isSame ? device.user : undefined;
    if (!isSame) caller.SID = undefined;
    caller.seat = device.seat;
  };

/**
 * Ends logins on this node whose session ids were revoked by another node or on the command line. Devices whose app got another secret
 * or was removed need a new sign; a meeting that they are in continues.
 */
export const endRevoked = async (accounts: Accounts, devices: Devices, seats: Seats): Promise<void> => {
  await checkApps(
    accounts,
    devices.appIds().flatMap((id) => devices.ofApp(id)),
  );

  const SIDs = devices.SIDs();
  if (SIDs.length === 0) return;
  const living = await accounts.livingSIDs(SIDs);
  for (const SID of SIDs.filter((one) => !living.has(one)))
    for (const device of devices.ofLogin(SID)) endLogin(devices, seats, device);
};
