import type { Accounts } from '../account/account.ts';
import type { Caller } from '../account/caller.ts';
import type { Logins } from '../account/logins.ts';
import type { Meetings } from '../meeting/meetings.ts';
import type { Device } from './device.ts';
import type { Devices } from './devices.ts';

type Seats = Pick<Meetings, 'leave'>;

const endLogin = (devices: Devices, seats: Seats, device: Device): void => {
  seats.leave(device.seat, 'loggedOut');
  devices.logOut(device);
  device.emit('account.changed', { user: null, company: null, level: null });
};

export const makeLogins = (devices: Devices, seats: Seats): Logins => ({
  open(deviceId, login) {
    const device = devices.byId(deviceId);
    if (device) devices.logIn(device, login);
  },
  close(deviceId) {
    const device = devices.byId(deviceId);
    if (device) devices.logOut(device);
  },
  end(which) {
    const some = 'SID' in which ? devices.ofLogin(which.SID) : devices.ofUser(which.userId);
    for (const device of some) {
      const stays = 'SID' in which ? device.id === which.exceptDevice : device.SID === which.exceptSID;
      if (!stays) endLogin(devices, seats, device);
    }
  },
  refresh: (user) => devices.refresh(user),
});

/** Updates the caller of a socket to what the store knows of its session id. */
export const makeRefresh =
  (accounts: Accounts, devices: Devices, logins: Logins) =>
  async (caller: Caller): Promise<void> => {
    const { SID } = caller;
    const device = caller.device && devices.byId(caller.device.id);
    if (!device || SID === undefined) return;
    const user = await accounts.userOfSID(SID);
    caller.user = user;
    if (!user) {
      logins.end({ SID });
      caller.SID = undefined;
      caller.seat = device.seat;
    } else if (device.SID === SID) devices.logIn(device, { user, SID });
  };

/**
 * Ends logins on this node whose session ids were revoked by another node or on the command line. Devices whose app got another secret
 * or was removed need a new sign; a meeting that they are in continues.
 */
export const endRevoked = async (accounts: Accounts, devices: Devices, seats: Seats): Promise<void> => {
  const apps = devices.appIds().flatMap((id) => devices.ofApp(id).map(({ app }) => app));
  const signed = apps.filter((app) => app.signed && !app.revoked);
  const keys = await accounts.keysOfApps([...new Set(signed.map(({ id }) => id))]);
  for (const app of signed) if (keys.get(app.id) !== app.keyId) app.revoked = true;

  const SIDs = devices.SIDs();
  if (SIDs.length === 0) return;
  const living = await accounts.livingSIDs(SIDs);
  for (const SID of SIDs.filter((one) => !living.has(one)))
    for (const device of devices.ofLogin(SID)) endLogin(devices, seats, device);
};
