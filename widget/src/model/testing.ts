import type { Author, MediaDevice, Participant, Room, Snapshot } from '@meetframe/contract';
import { signal } from '@preact/signals';
import { vi } from 'vitest';
import type { CameraConstraints, Hardware } from '../media/devices.ts';
import { createMediaSession, type MediaSessionDeps } from '../media/session.ts';
import { fakeDevice, fakeServer, fakeTrack } from '../media/testing.ts';
import type { Client } from '../platform/client.ts';
import { createAdmissions } from './admissions.ts';
import { createApp } from './compose.ts';
import { Devices } from './devices.ts';
import type { PageEvent } from './events.ts';
import { Meeting } from './meeting/meeting.ts';

/** A participant for tests, with no microphone, camera or screen, unless the test says more. */
export const participant = (id: number, more: Partial<Participant> = {}): Participant => ({
  client: {
    id,
    userId: null,
    name: `P${id}`,
    email: null,
    phone: null,
    pictureurl: null,
    company: null,
    mode: 'pc',
    streamId: id,
    broadCastId: id,
    isMuted: false,
    isSuperModerator: false,
    peerId: null,
  },
  userId: null,
  audio: false,
  video: false,
  screen: null,
  connected: true,
  hand: null,
  audioOnly: false,
  ...more,
});

/** The short form of the same participant, as in events and lists of the wire. */
export const author = (id: number): Author => ({ id, name: `P${id}`, pictureurl: null, userId: null });

export const room = {
  id: 1012,
  name: 'Weekly',
  roomType: 2,
  definition: '720p',
  superModeId: null,
  logo: null,
  appointmentId: null,
} as Room;

export const snapshotOf = (
  selfId: number,
  others: readonly Participant[] = [],
  more: Partial<Snapshot> = {},
): Snapshot => ({
  client: participant(selfId).client,
  members: others.map(({ client }) => client),
  more: others.map(({ client, ...facts }) => ({ id: client.id, ...facts })),
  room,
  chat: [],
  isLocked: false,
  startedAt: 0,
  serverTime: 0,
  ...more,
});

/** The platform as the models see it: `tell` sends an event of the server, `next` is the answer to `meeting.enter`. */
export const fakeClient = () => {
  const server = fakeServer();
  const listeners = new Map<string, ((payload: never) => void)[]>();
  const on = (name: string, listener: (payload: never) => void): (() => void) => {
    listeners.set(name, [...(listeners.get(name) ?? []), listener]);
    return () => listeners.set(name, listeners.get(name)?.filter((each) => each !== listener) ?? []);
  };
  let snapshot = snapshotOf(1);
  server.answer('meeting.enter', () => ({ ...snapshot, media: server.open() }));
  server.answer('meeting.snapshot', () => snapshot);
  server.answer('meeting.getWaitingRoom', () => ({ roomId: snapshot.room.id, isOn: false, waiting: [] }));
  server.answer('meeting.updateMute', () => ({ isMuted: server.named('meeting.updateMute').at(-1)?.isMute }));
  const client = {
    call: server.call,
    send: server.call,
    on,
    onConnection: on,
    clockOffset: () => 0,
    onRefused() {},
    identify() {},
    start: () => void server.asked.push(['start', {}]),
    close() {},
    welcome: async () => ({ rtpCapabilities: server.rtpCapabilities }),
  } as unknown as Client;
  return {
    ...server,
    client,
    room: () => snapshot.room,
    next(given: Snapshot): void {
      snapshot = given;
    },
    tell(name: string, payload?: object): void {
      for (const listener of listeners.get(name) ?? []) (listener as (payload: unknown) => void)(payload);
    },
  };
};

/** Cameras and microphones that can be plugged in and out. */
export const fakeHardware = (...kinds: MediaDevice['kind'][]) => {
  let list: MediaDevice[] = [];
  let denied = false;
  let changed = (): void => {};
  const permissions = new Map<string, (state: PermissionState) => void>();
  const opened: (MediaStreamTrack & { deviceId: string })[] = [];
  /** Tracks that were cloned. */
  const copies: MediaStreamTrack[] = [];
  const cameras: CameraConstraints[] = [];
  const open = async (kind: MediaDevice['kind'], constraints: CameraConstraints) => {
    const { deviceId } = constraints;
    if (denied) throw { code: 'PERMISSION_DENIED', message: 'refused by the test' };
    const device = list.find((each) => each.kind === kind && (deviceId === undefined || each.deviceId === deviceId));
    if (!device) throw { code: 'DEVICE_NOT_FOUND', message: 'unplugged by the test' };
    if (kind === 'videoinput') cameras.push(constraints);
    const track = Object.assign(fakeTrack(kind === 'videoinput' ? 'video' : 'audio'), {
      deviceId: device.deviceId,
      label: device.label,
      getSettings: () => ({ deviceId: device.deviceId }),
      clone() {
        const copy = Object.assign(fakeTrack('audio'), track, { readyState: 'live' });
        copies.push(copy);
        return copy;
      },
    });
    opened.push(track);
    return track;
  };
  const hardware: Hardware = {
    openCamera: (constraints) => open('videoinput', constraints),
    async adjustCamera(_, constraints) {
      cameras.push(constraints);
      return true;
    },
    openMicrophone: (deviceId) => open('audioinput', { deviceId }),
    listDevices: async () => list,
    onDevicesChanged(listener) {
      changed = listener;
      return () => {
        changed = () => {};
      };
    },
    isDenied: async () => denied,
    onPermission(kind, listener) {
      permissions.set(kind, listener);
      return () => void permissions.delete(kind);
    },
  };
  const plug = (kind: MediaDevice['kind'], deviceId: string): void => {
    list = [...list, { kind, deviceId, label: deviceId, groupId: '' }];
    changed();
  };
  const end = (ends: (track: (typeof opened)[number]) => boolean): void => {
    for (const track of opened.filter(ends)) track.onended?.(new Event('ended'));
  };
  for (const kind of kinds) plug(kind, `${kind}-1`);
  return {
    hardware,
    opened,
    copies,
    /** Constraints with which cameras were opened or changed. */
    cameras,
    plug,
    /** The browser lists these devices from now on. */
    list(devices: MediaDevice[]): void {
      list = devices;
      changed();
    },
    /** As a browser does: the list is shorter, and tracks of the device end. */
    unplug(deviceId: string): void {
      list = list.filter((device) => device.deviceId !== deviceId);
      end((track) => track.deviceId === deviceId);
      changed();
    },
    /** The user denies the devices, or resets the permission so that the browser would ask again. */
    forbid(how: 'for good' | 'until asked'): void {
      denied = how === 'for good';
      if (!denied) list = list.map((device) => ({ ...device, deviceId: '', label: '' }));
      end(() => true);
    },
    /** Devices cannot be opened, or can again. */
    refuse(isRefused: boolean): void {
      denied = isRefused;
    },
    /** The browser tells of a decision of the user. */
    decide(state: PermissionState): void {
      for (const listener of permissions.values()) listener(state);
    },
  };
};

/** A value for the `srcObject` of a video element, if the environment has such elements. */
class FakeStream extends (globalThis.MediaStream ?? Object) {
  readonly tracks: MediaStreamTrack[];
  constructor(tracks: MediaStreamTrack[]) {
    super();
    this.tracks = tracks;
  }
}
const load = async () => ({
  createMediaSession: (deps: MediaSessionDeps) => createMediaSession({ ...deps, makeDevice: fakeDevice }),
});

/** All models, with a fake server, fake devices and fake media. Needs a document. */
export const fakeApp = (more: Partial<Parameters<typeof createApp>[0]> = {}) => {
  vi.stubGlobal('MediaStream', FakeStream);
  const server = fakeClient();
  server.answer('room.getRoomById', () => ({ room: server.room() }));
  const machine = fakeHardware('videoinput', 'audioinput');
  const app = createApp({ client: server.client, hardware: machine.hardware, load, ...more });
  const told: PageEvent[] = [];
  app.events.on((event) => told.push(event));
  return { server, machine, app, told };
};

/** A meeting with a fake server, fake devices and fake media. */
export const fakeMeeting = (more: Partial<ConstructorParameters<typeof Meeting>[0]> = {}) => {
  vi.stubGlobal('MediaStream', FakeStream);
  const server = fakeClient();
  const machine = fakeHardware('videoinput', 'audioinput');
  const told: PageEvent[] = [];
  const emit = (name: string, payload: unknown) => void told.push({ name, payload } as PageEvent);
  const devices = new Devices({ hardware: machine.hardware, setSpeaker: async () => {}, emit });
  const problems: string[] = [];
  const heard = new Set<string>();
  const meeting = new Meeting({
    client: server.client,
    admissions: createAdmissions(server.client),
    devices,
    audio: {
      add: (id) => heard.add(id),
      remove: (id) => heard.delete(id),
      resume() {},
      setSpeaker: async () => {},
      close() {},
    },
    emit,
    mode: () => undefined,
    report: ({ code }) => problems.push(code),
    isVisible: signal(true),
    page: new EventTarget(),
    load,
    ...more,
  });
  const ends: string[] = [];
  meeting.seat.follow({ left: (reason) => ends.push(reason) });
  return { server, machine, devices, meeting, problems, heard, told, ends };
};
