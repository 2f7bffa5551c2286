import type { CallerApp } from '../account/app.ts';
import type { Guest } from '../account/caller.ts';
import type { Login } from '../account/logins.ts';
import { isAwake, isThere } from '../calls/parties.ts';
import type { Cluster, Device as ClusterDevice } from '../cluster/cluster.ts';
import type { UserRow } from '../users/tables.ts';
import { Device } from './device.ts';
import { DeviceIndex } from './deviceIndex.ts';
import { KeptTotal } from './kept.ts';

/** The devices of this node, including those that are disconnected and may resume. Only this class logs devices in and out. */
export class Devices {
  readonly #kept = new KeptTotal();
  readonly #byId = new Map<string, Device>();
  readonly #byToken = new Map<string, Device>();
  readonly #ofUser = new DeviceIndex<number>();
  readonly #ofLogin = new DeviceIndex<string>();
  readonly #ofApp = new DeviceIndex<string>();
  /** What the cluster knows of each device. */
  readonly #published = new WeakMap<Device, ClusterDevice>();
  readonly #cluster: Pick<Cluster, 'arrive' | 'depart'>;

  constructor(cluster: Pick<Cluster, 'arrive' | 'depart' | 'on'>) {
    this.#cluster = cluster;
    cluster.on('account.changed', ({ userId, ...identity }) => {
      for (const device of this.ofUser(userId)) device.emit('account.changed', identity);
    });
  }

  get size(): number {
    return this.#byId.size;
  }

  /** `lost`: the resume token of a session of the same client that is no more. */
  open(app: CallerApp, ip: string, lost?: string): Device {
    const device = new Device({ app, ip, kept: this.#kept, lost, changed: (one) => this.publish(one) });
    this.#byId.set(device.id, device);
    this.#byToken.set(device.token, device);
    this.#ofApp.add(app.id, device);
    return device;
  }

  /** Removes a device for good. Its socket closes with `code`. */
  close(device: Device, code?: number, reason?: string): void {
    this.logOut(device);
    this.#leaveGuest(device);
    this.#byId.delete(device.id);
    this.#byToken.delete(device.token);
    this.#ofApp.delete(device.app.id, device);
    device.dispose(code, reason);
  }

  all(): readonly Device[] {
    return [...this.#byId.values()];
  }

  byId(id: string): Device | undefined {
    return this.#byId.get(id);
  }

  byToken(token: string): Device | undefined {
    return this.#byToken.get(token);
  }

  ofUser(userId: number): readonly Device[] {
    return this.#ofUser.of(userId);
  }

  /** The devices that are logged in with this session id. */
  ofLogin(SID: string): readonly Device[] {
    return this.#ofLogin.of(SID);
  }

  ofApp(appId: string): readonly Device[] {
    return this.#ofApp.of(appId);
  }

  /** Ids of the apps of all connected devices. */
  appIds(): readonly string[] {
    return this.#ofApp.keys();
  }

  /** Session ids of all devices. */
  SIDs(): readonly string[] {
    return this.#ofLogin.keys();
  }

  /** Makes the device that of a guest, until it logs in or ends. */
  becomeGuest(device: Device, guest: Guest): void {
    this.#leaveGuest(device);
    device.guest = guest;
    this.#ofUser.add(guest.user.id, device);
    this.publish(device, true);
  }

  #leaveGuest(device: Device): void {
    const { guest } = device;
    if (!guest) return;
    device.guest = undefined;
    device.callable = undefined;
    this.#ofUser.delete(guest.user.id, device);
    this.#cluster.depart(device.id);
  }

  logIn(device: Device, login: Login): void {
    this.#leaveGuest(device);
    const before = device.login;
    const { id: userId, companyId } = login.user;
    const isChanged = before?.user.companyId !== companyId;
    const isSame = before?.SID === login.SID && before.user.id === userId;
    if (!isSame) {
      this.logOut(device);
      this.#ofUser.add(userId, device);
      this.#ofLogin.add(login.SID, device);
    }
    device.login = login;
    if (!isSame || isChanged) this.publish(device, true);
  }

  /** Tells the cluster the state of a device, if it has changed. */
  publish(device: Device, isNew = false): void {
    const user = device.user ?? device.guest?.user;
    if (!user) return;
    const callable = isThere(device) ? (device.callable ?? null) : null;
    const awake = isAwake(device);
    const roomId = device.seat?.roomId ?? null;
    const known = this.#published.get(device);
    if (!isNew && known?.callable === callable && known.awake === awake && known.roomId === roomId) return;
    const { id, mode: kind, since } = device;
    const facts = { id, userId: user.id, companyId: user.companyId, kind, since, callable, awake, roomId };
    this.#published.set(device, facts);
    this.#cluster.arrive(facts);
  }

  logOut(device: Device): void {
    const { login } = device;
    if (!login) return;
    device.login = undefined;
    device.callable = undefined;
    this.#ofUser.delete(login.user.id, device);
    this.#ofLogin.delete(login.SID, device);
    this.#cluster.depart(device.id);
  }

  /** Replaces the user's row on all devices of the user. */
  refresh(user: UserRow): void {
    for (const device of this.ofUser(user.id))
      if (device.SID !== undefined) this.logIn(device, { user, SID: device.SID });
  }
}
