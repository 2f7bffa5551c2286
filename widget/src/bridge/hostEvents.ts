import type { Client, HostEnd, MirroredState, PageEvents, RTCPeerError } from '@meetframe/contract';
import { effect, untracked } from '@preact/signals';
import type { FullApp } from '../model/screens.ts';

/** What the SDK keeps a copy of. Reads signals: inside an effect it subscribes to all of them. */
export const mirror = (app: FullApp): MirroredState => {
  const { meeting, session, devices } = app;
  const self = meeting.self.value;
  return {
    user: session.user.value,
    company: session.company.value,
    room: meeting.room.value,
    client: self?.client ?? null,
    members: meeting.members.value.filter(({ isSelf }) => !isSelf).map(({ client }) => client),
    startedAt: meeting.startedAt.value,
    clockOffset: session.clockOffset.value,
    connection: session.connection.value,
    screen: app.screen.value,
    microphone: devices.microphoneOn.value && devices.microphoneTrack.value !== undefined,
    camera: devices.cameraOn.value && devices.cameraTrack.value !== undefined,
  };
};

/** Tells the page what happens: effects from the models' state to events. Returns how to stop. */
export const watch = (app: FullApp, host: HostEnd): (() => void) => {
  const { meeting, session, devices } = app;
  // Penpal answers every call; a page that went away is noticed elsewhere.
  const settle = (answer: unknown): void => {
    if (answer instanceof Promise) answer.catch(() => {});
  };
  const tell = <K extends keyof PageEvents>(name: K, payload: PageEvents[K]): void => settle(host.event(name, payload));
  /** An effect that is told what was before; what it does subscribes to nothing. */
  const onChange = <T>(read: () => T, act: (now: T, before: T) => void): (() => void) => {
    let before = untracked(read);
    return effect(() => {
      const now = read();
      const old = before;
      before = now;
      if (now !== old) untracked(() => act(now, old));
    });
  };

  let known = {} as Partial<Record<keyof MirroredState, string>>;
  const stops = [
    // State first, so that a listener to an event finds it up to date.
    effect(() => {
      const state = mirror(app);
      const patch: Record<string, unknown> = {};
      const next: typeof known = {};
      for (const [key, value] of Object.entries(state)) {
        const text = JSON.stringify(value);
        next[key as keyof MirroredState] = text;
        if (known[key as keyof MirroredState] !== text) patch[key] = value;
      }
      known = next;
      if (Object.keys(patch).length > 0) settle(host.state(patch as Partial<MirroredState>));
    }),
    (() => {
      type Seen = { client: Client; video: boolean };
      let seen = new Map<number, Seen>();
      /** `peerId` under which somebody's picture was last told, also while it is off: the next one may be another. */
      const played = new Map<number, string>();
      let roomId: number | undefined;
      let self: number | undefined;
      let first = true;
      return effect(() => {
        const members = meeting.members.value;
        const room = meeting.room.value;
        const next = new Map<number, Seen>(members.map(({ client, video }) => [client.id, { client, video }]));
        const before = seen;
        seen = next;
        const where = room?.id ?? roomId;
        roomId = where;
        const silent = first && next.size === 0;
        first = false;
        if (silent || where === undefined) return;
        untracked(() => {
          const own = meeting.self.peek()?.client.id;
          const entering = before.size === 0;
          const leaving = next.size === 0;
          for (const [id, { client }] of before) {
            if (!next.has(id)) played.delete(id);
            // Leaving oneself is one event, not one for each whom one no longer sees.
            if (!next.has(id) && (!leaving || id === self)) tell('ExitRoom', { roomId: where, client });
          }
          self = own;
          for (const [id, { client, video }] of next) {
            const old = before.get(id);
            // Who is there already stands in the answer of `enter`.
            if (!old && (!entering || id === own)) tell('EnterRoom', { roomId: where, client });
            const last = played.get(id);
            const moved = last !== undefined && client.peerId !== null && last !== client.peerId;
            if (video && (!old?.video || moved))
              tell('onPublished', { roomId: where, client, event: 'play', ...(moved && { vCode: 'rePlay' as const }) });
            if (video && client.peerId !== null) played.set(id, client.peerId);
            if (!video && old?.video) tell('onPublished', { roomId: where, client, event: 'close' });
          }
        });
      });
    })(),
    onChange(
      () => meeting.localPublished.value,
      (published) => {
        const own = meeting.self.peek();
        const room = meeting.room.peek();
        if (published && own && room) tell('onLocalPublished', { roomId: room.id, client: own.client });
      },
    ),
    onChange(
      () => meeting.ended.value,
      (ended) => {
        if (ended?.reason === 'displaced') tell('EnterRoom', { roomId: ended.roomId, client: ended.client, result: 9 });
      },
    ),
    (() => {
      let last: Set<number> | undefined;
      return onChange(
        () => meeting.chat.value,
        (chat) => {
          const self = meeting.self.peek();
          // What was written before one came is history, not news.
          const told = last;
          last = self ? new Set(chat.map(({ id }) => id)) : undefined;
          if (told) for (const message of chat) if (!told.has(message.id)) tell('onChat', message);
        },
      );
    })(),
    onChange(
      () => meeting.muteNotice.value,
      (notice) => {
        if (notice) tell('onMute', notice);
      },
    ),
    (() => {
      let at = 0;
      let told: number | undefined;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const report = () => {
        timer = undefined;
        const member = meeting.members.peek().find(({ client }) => client.id === meeting.activeSpeaker.peek());
        const changed = member?.client.id !== told;
        told = member?.client.id;
        if (!member || !changed) return;
        at = Date.now();
        tell('memberTalking', { member: member.client });
      };
      const stop = onChange(
        () => meeting.activeSpeaker.value,
        () => {
          timer ??= setTimeout(report, Math.max(0, 250 - (Date.now() - at)));
        },
      );
      return () => {
        clearTimeout(timer);
        stop();
      };
    })(),
    onChange(
      () =>
        JSON.stringify([
          devices.devices.value,
          devices.cameraId.value,
          devices.microphoneId.value,
          devices.speakerId.value,
        ]),
      () => tell('deviceChanged', { devices: devices.devices.peek() }),
    ),
    onChange(
      () => session.connection.value,
      (connection) => tell('connectionChanged', { connection }),
    ),
    onChange(
      () => meeting.poorNetwork.value,
      (now, before) => {
        if (now.upload && !before.upload) tell('onLinkSlow', { code: 1001 });
        if (now.download && !before.download) tell('onLinkSlow', { code: 1002 });
      },
    ),
    (() => {
      // A problem that stood before the page listened is news to it too.
      let told: RTCPeerError | undefined;
      return effect(() => {
        const problem = app.problem.value;
        if (!problem || problem === told) return;
        told = problem;
        untracked(() => tell('failed', { code: problem.code, message: problem.message }));
      });
    })(),
  ];
  return () => {
    for (const stop of stops) stop();
  };
};
