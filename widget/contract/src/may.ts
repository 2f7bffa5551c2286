/**
 * Who may call a method: the `may` of its row says it completely. The level is checked before the handler runs. The decisions
 * of all rows are the permission matrix (`docs/permissions.md`); tests prove each of them against the real server.
 */

/**
 * - `public`: everybody, also before `session.hello`
 * - `visitor`: a valid sign, or the platform's own page
 * - `sign`: a valid sign of an app
 * - `user`: a logged-in user
 * - `companyAdmin`: an administrator of the user's company
 * - `participant`: a participant of a meeting, on this connection
 * - `moderator`: the moderator of that meeting
 *
 * An expired sign removes no participant from a meeting. Once the sign of a connection has expired, every method from
 * `visitor` to `companyAdmin` is refused with `UNAUTHENTICATED` until `session.renewSign`, except those marked
 * `worksWithExpiredSign`. Participants of a meeting then stay in it: methods of `participant` and `moderator` go on
 * working, after a lost connection too, until they leave. Entering again, or anything else new, needs a fresh sign.
 */
export type Level = 'public' | 'visitor' | 'sign' | 'user' | 'companyAdmin' | 'participant' | 'moderator';

/**
 * Kinds of callers in the permission matrix. All belong to the company of what the call is about; users of another
 * company are refused whatever the matrix says, unless the call is about nothing that has an owner.
 *
 * - `stranger`: no sign, not logged in (the platform's own page before login)
 * - `app`: a back end or page with a valid sign, not logged in
 * - `user`: logged in, but neither member nor owner of what the call is about
 * - `member`: of the room, invited to the appointment, or of the room that was recorded; of an account: a colleague
 * - `owner`: of the room, the appointment or the recording; of an account: its user
 * - `companyAdmin`, `platformAdmin`: level 2 and 1
 */
export const actors = ['stranger', 'app', 'user', 'member', 'owner', 'companyAdmin', 'platformAdmin'] as const;
/** In a meeting there is one more: a participant whom a moderator made moderator (3.17). */
export const seatActors = [...actors, 'chosenModerator'] as const;
export type Actor = (typeof seatActors)[number];

/**
 * What a decision is about. Rooms, appointments and recordings are private ones unless the case says otherwise. `code`:
 * an appointment whose invite code the caller knows; the code invites people of any company. `meeting`: the caller
 * takes part in it, on this connection.
 */
export type Subject = 'nothing' | 'company' | 'room' | 'appointment' | 'code' | 'recording' | 'account' | 'meeting';

/** The calling participant. */
export type Self = { clientId: number; isModerator: boolean; isOwner: boolean; isLoggedIn: boolean };
export type Decision = { about: Subject; actors: readonly Actor[] };
/** An input for which another decision holds. Where `when` returns true, the dispatcher itself requires the moderator. */
export type Case = Decision & { when?: (input: never, self: Self) => boolean };
export type Permission = Decision & {
  level: Level;
  cases?: Readonly<Record<string, Case>>;
  /** Of the level `moderator`: the room's owner may do it too, while another participant moderates. */
  orOwner?: true;
  /** Of the level `participant`: participants without a login may do it only while they moderate. */
  needsLogin?: true;
  /** Further conditions, in words. */
  note?: string;
};

/** All actors from this one on, in their order. */
export const from = (first: (typeof actors)[number], about: Subject): Decision => ({
  about,
  actors: (about === 'meeting' ? seatActors : actors).slice(actors.indexOf(first)),
});

type More = Pick<Permission, 'cases' | 'orOwner' | 'needsLogin' | 'note'>;
/** What stands in a row: the level that the dispatcher checks, the usual decision, and its cases. */
export const permit = <const L extends Level, const M extends More = Record<never, never>>(
  level: L,
  { about, actors }: Decision,
  more?: M,
): { level: L } & Decision & M => ({ level, about, actors, ...(more as M) });

/** Everybody; over HTTP and before `session.hello` too. */
export const everybody = permit('public', from('stranger', 'nothing'));
export const visitors = from('stranger', 'nothing');
/** Every participant of the meeting. */
export const participants = permit('participant', from('stranger', 'meeting'));
const moderating = from('owner', 'meeting');
const moderatorNote =
  'the moderator only: the participant who was made moderator (3.17), otherwise the first of these who is in the meeting: owner, moderator of the appointment, administrator';
/** The moderator of the meeting. */
export const moderators = permit('moderator', moderating, { note: moderatorNote });
/** The moderator, and the room's owner also while another participant moderates. */
export const moderatorOrOwner = permit('moderator', moderating, {
  orOwner: true,
  cases: { 'while another moderates': { about: 'meeting', actors: ['owner'] } },
  note: moderatorNote,
});
/** Every participant for itself (`userId` is the caller's `Client.id`); the moderator for others. */
export const oneselfOrModerator = permit('participant', from('stranger', 'meeting'), {
  cases: {
    'another participant': {
      ...moderating,
      when: ({ userId }: { userId: number }, self: Self) => userId !== self.clientId,
    },
  },
  note: `other participants: ${moderatorNote}`,
});
/** The participants who are logged in, and the moderator. */
export const usersOrModerator = permit('participant', from('user', 'meeting'), {
  needsLogin: true,
  note: 'guests only while they moderate',
});
/** Every participant, for its own state, media and files. */
export const itsOwn = permit('participant', from('stranger', 'meeting'), { note: 'the caller’s own' });
/** Every participant, for itself; a share of another participant is ended by the moderator only. */
export const itsOwnOrTakesOver = permit('participant', from('stranger', 'meeting'), {
  cases: {
    'takes over': { ...moderating, when: ({ takeOver }: { takeOver?: boolean }) => takeOver === true },
  },
  note: `taking over: ${moderatorNote}`,
});
/** The same for a method whose input contains an id that could belong to another participant. */
export const itsOwnById = permit('participant', from('stranger', 'meeting'), {
  cases: { 'another’s': { about: 'meeting', actors: [] } },
});

/** A private room for its members, owner and administrators; a public one for everybody. */
export const whoMayEnter = permit('visitor', from('member', 'room'), {
  cases: { 'a public room': from('stranger', 'room') },
});
/** The same for logged-in users. */
export const usersWhoMayEnter = permit('user', from('member', 'room'), {
  cases: { 'a public room': from('user', 'room') },
});
/** The owner and administrators. */
export const owners = (about: Subject) => permit('user', from('owner', about));
export const notLevel5 = 'not those who may only attend (level 5)';

/** The decisions of a row: the usual one first, then those of its cases. */
export const decisionsOf = ({ about, actors, cases = {} }: Permission): [name: string, Case][] => [
  ['usual', { about, actors }],
  ...Object.entries(cases),
];
