import type { Emit, WireEventName, WirePayload } from '@meetframe/contract/api';
import { fail } from '../errors.ts';
import type { Standing } from '../rooms/access.ts';
import { Steady } from '../throttle/steady.ts';
import type { Door } from './door.ts';
import { type Participant, participantOf } from './participant.ts';
import type { Removed } from './removed.ts';

type MuteNotice = Omit<WirePayload<'meeting.onMute'>, 'roomId' | 'fromSuper'>;
/** Tells all participants; `about`: the participant whom it concerns. */
export type Announce = <N extends WireEventName>(name: N, payload: WirePayload<N>, about?: number) => void;
/** The parts of a meeting that moderation needs. */
type Parts = {
  readonly room: { readonly id: number };
  readonly participants: ReadonlyMap<number, Participant>;
  readonly removed: Removed;
  readonly door: Pick<Door, 'set'>;
  changed(participant: Participant): void;
  remove(participant: Participant, reason: 'kicked'): void;
  readonly tell: Emit;
  readonly announce: Announce;
};

/** Who becomes the moderator when several are entitled: the owner, then the users that the appointment names, then an administrator. */
export const entitled: readonly Standing[] = ['owner', 'moderator', 'administrator'];

/** Decides who moderates a meeting, and carries out what a moderator does to other participants. */
export class Moderation {
  readonly #parts: Parts;
  #moderatorId: number | null = null;
  #isChosen = false;
  readonly #steady = new Steady<number>();

  readonly #moved: (before: Participant | undefined) => void;

  /** `moved`: called when another participant moderates, or none. */
  constructor(parts: Parts, moved: (before: Participant | undefined) => void = () => undefined) {
    this.#parts = parts;
    this.#moved = moved;
  }

  get moderatorId(): number | null {
    return this.#moderatorId;
  }

  get moderator(): Participant | undefined {
    return this.#moderatorId === null ? undefined : this.#parts.participants.get(this.#moderatorId);
  }

  isModerator(participant: Participant): boolean {
    return participant.id === this.#moderatorId;
  }

  isChosen(clientId: number): boolean {
    return this.#isChosen && clientId === this.#moderatorId;
  }

  /**
   * Makes a participant the moderator until they leave, even if others are entitled by the data. After that the role goes to the
   * owner, to a user that the appointment names, or to an administrator who is in the meeting, in this order.
   */
  choose(clientId: number): void {
    this.#set(this.#find(clientId));
    this.#isChosen = true;
  }

  /** Chooses the moderator again. Call it when a participant entered or left or their standing changed. The first one to enter is never chosen for being first. */
  elect(): void {
    const { moderator } = this;
    if (moderator && (this.#isChosen || entitled.includes(moderator.standing))) return;
    this.#isChosen = false;
    const all = [...this.#parts.participants.values()];
    this.#set(entitled.flatMap((standing) => all.find((one) => one.standing === standing) ?? [])[0]);
  }

  /** Mutes or unmutes a participant. The server pauses the producers, so the client cannot prevent it. */
  async setMuted(participant: Participant, isMuted: boolean): Promise<void> {
    participant.client.isMuted = isMuted;
    const { producers } = participant.peer;
    const mic = producers.get('mic');
    if (mic && !mic.closed) await (isMuted ? mic.pause() : mic.resume());
    // The audio of a screen stays paused until its owner resumes it: it may have been paused before the mute.
    if (isMuted) await producers.get('screenAudio')?.pause();
    this.#parts.changed(participant);
  }

  /** Mutes another participant, or asks them to unmute. Participants may mute and unmute themselves (3.9). All are told. */
  async mute(by: Participant, { userId, isMute, super: role }: MuteNotice): Promise<void> {
    const target = this.#find(userId);
    if (target === by) {
      await this.setMuted(by, isMute);
      return this.#tellMute({ userId, isMute, super: role }, this.isModerator(by));
    }
    if (isMute) await this.setMuted(target, true);
    this.#tellMute({ userId, isMute, super: role }, true);
  }

  /** Mutes all participants except the moderator, or asks all to unmute (3.10). */
  async muteAll(by: Participant, isMute: boolean): Promise<void> {
    const others = [...this.#parts.participants.values()].filter((one) => one !== by && !one.client.isMuted);
    if (isMute) await Promise.all(others.map((one) => this.setMuted(one, true)));
    this.#parts.announce('meeting.onMuteAll', { userId: by.id, roomId: this.#roomId, isMute });
  }

  /** Removes a participant and refuses them entry as long as the meeting runs (3.11). */
  kickOut(by: Participant, userId: number): void {
    const target = this.#find(userId);
    if (target === by) fail('CONFLICT', 'Leave with meeting.exit.', { field: 'userId' });
    if (target.standing === 'owner') fail('FORBIDDEN', 'The owner of the room cannot be removed.', { field: 'userId' });
    const { client, user, asker, person } = target;
    this.#parts.removed.add({ person, userId: user?.id, ip: asker.ip, name: client.name });
    this.#parts.tell('meeting.tiren', { userId, roomId: this.#roomId });
    this.#parts.remove(target, 'kicked');
  }

  /** Raises or lowers the caller's own hand (3.12). */
  raiseHand(by: Participant, raised: boolean): void {
    by.hand = raised ? (by.hand ?? Date.now()) : null;
    this.#parts.changed(by);
    this.#steady.call(by.id, () => {
      if (this.#parts.participants.get(by.id) !== by) return;
      this.#parts.tell('meeting.onRaiseHand', { client: by.author, roomId: this.#roomId, raised: by.hand !== null });
    });
  }

  /** Lowers the hand of any participant; one that is down already stays so. */
  lowerHand(userId: number): void {
    const target = this.#find(userId);
    if (target.hand !== null) this.raiseHand(target, false);
  }

  /** Locks the meeting, so that nobody new can enter, or unlocks it. */
  lock(by: Participant, isLocked: boolean): void {
    if (this.#parts.door.set(isLocked))
      this.#parts.tell('meeting.onLock', { userId: by.id, roomId: this.#roomId, isLocked });
  }

  /** Makes another participant the moderator, or gives the role back to the owner (3.17). */
  appoint(by: Participant, userId: number): void {
    // Owners who appoint themselves moderate because of their standing, as long as they have it, and not because they were chosen.
    if (userId !== by.id) this.choose(userId);
    else if (!this.isModerator(by)) {
      this.#isChosen = false;
      this.#set(by);
    }
    this.#parts.announce('meeting.onCompere', { userId, roomId: this.#roomId });
  }

  /** Changes the name of a participant (3.45). */
  rename(userId: number, name: string): void {
    const target = this.#find(userId);
    target.client.name = name;
    this.#parts.changed(target);
    this.#parts.announce('meeting.onUpdateClient', { userId, roomId: this.#roomId, client: target.author }, userId);
  }

  close(): void {
    this.#steady.close();
  }

  #tellMute(notice: MuteNotice, isFromModerator: boolean): void {
    const from = isFromModerator ? { fromSuper: true } : {};
    this.#parts.announce('meeting.onMute', { ...notice, roomId: this.#roomId, ...from }, notice.userId);
  }

  get #roomId(): number {
    return this.#parts.room.id;
  }

  #find(clientId: number): Participant {
    return participantOf(this.#parts.participants, clientId);
  }

  #set(moderator: Participant | undefined): void {
    const before = this.moderator;
    const isSame = this.#moderatorId === (moderator?.id ?? null);
    this.#moderatorId = moderator?.id ?? null;
    for (const one of new Set([before, moderator])) if (one) this.#parts.changed(one);
    if (!isSame) this.#moved(before);
  }
}
