import type { Client, HostEnd, MirroredState } from '@meetframe/contract';
import { effect, untracked } from '@preact/signals';
import type { Base } from '../model/base.ts';
import type { AppModel } from '../model/compose.ts';

/** The state that the SDK mirrors. Reads signals: inside an effect it subscribes to all of them. */
export const mirrorOf = ({ meeting: { roster, publishing }, identity, screen }: AppModel): MirroredState => ({
  user: identity.user.value,
  company: identity.company.value,
  room: roster.room.value,
  client: roster.self.value?.client ?? null,
  members: roster.others.value.map(({ client }) => client),
  startedAt: roster.startedAt.value,
  clockOffset: identity.clockOffset.value,
  connection: identity.connection.value,
  screen: screen.value,
  microphone: publishing.microphone.isOn.value,
  camera: publishing.camera.isOn.value,
});

const isSame = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);
/** A member that changed is a new object, so that comparing by identity is enough. */
const areSame = (a: readonly Client[], b: readonly Client[]): boolean =>
  a.length === b.length && a.every((client, index) => isSame(client, b[index]));

const patchOf = ({ members, ...state }: MirroredState, known: Partial<MirroredState>): Partial<MirroredState> => ({
  ...Object.fromEntries(
    Object.entries(state).filter(([key, value]) => !isSame(value, known[key as keyof MirroredState])),
  ),
  ...(!(known.members && areSame(members, known.members)) && { members }),
});

/**
 * Keeps the page's copy of the state up to date and sends it the events of the models. Returns a function that stops
 * it.
 */
export const watch = (
  { events, problem }: Pick<Base, 'events' | 'problem'>,
  mirror: () => MirroredState,
  host: Pick<HostEnd, 'state' | 'event'>,
): (() => void) => {
  // The promise of each call is ignored: a closed channel is handled elsewhere.
  const settle = (answer: unknown): void => {
    if (answer instanceof Promise) answer.catch(() => {});
  };
  let known: Partial<MirroredState> = {};
  const send = (state: MirroredState): void => {
    const patch = patchOf(state, known);
    known = state;
    if (Object.keys(patch).length > 0) settle(host.state(patch));
  };
  const stopState = effect(() => {
    const state = mirror();
    untracked(() => send(state));
  });
  const stopEvents = events.on(({ name, payload }) => {
    // The state is sent first, so that it is up to date when the page handles the event.
    send(mirror());
    settle(host.event(name, payload));
  });
  // A problem that arose before the page listened is sent to it as an event, too.
  const before = problem.peek();
  if (before) settle(host.event('failed', { code: before.code, message: before.message }));
  return () => {
    stopState();
    stopEvents();
  };
};
