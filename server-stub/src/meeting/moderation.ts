import type { WirePayload } from '@meetframe/contract/api';
import { fail } from '../errors.ts';
import type { Standing } from '../rooms/access.ts';
import type { Participant } from './participant.ts';

type MuteNotice = Omit<WirePayload<'meeting.onMute'>, 'roomId' | 'fromSuper'>;
type Parts = {
  roomId: number;
  participants: ReadonlyMap<number, Participant>;
  changed(participant: Participant): void;
};

/** Who moderates when several could: the owner, then whom the appointment names, then an administrator. */
const entitled: readonly Standing[] = ['owner', 'moderator', 'administrator'];

/** Who moderates a meeting, and what a moderator does to others. */
export class Moderation {
  readonly #parts: Parts;
  #moderatorId: number | null = null;
  #isChosen = false;

  constructor(parts: Parts) {
    this.#parts = parts;
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

  /** Makes a participant the moderator until they leave, whatever the data entitles them or others to. */
  choose(clientId: number): void {
    this.#set(this.#find(clientId));
    this.#isChosen = true;
  }

  /** To be called whenever a participant entered or left, or when what they are to the room changed. Never elects the first one who entered. */
  elect(): void {
    const { moderator } = this;
    if (moderator && (this.#isChosen || entitled.includes(moderator.standing))) return;
    this.#isChosen = false;
    const all = [...this.#parts.participants.values()];
    this.#set(entitled.flatMap((standing) => all.find((one) => one.standing === standing) ?? [])[0]);
  }

  /** Turns a participant's microphone off or on, whatever their client does. */
  async setMuted(participant: Participant, isMuted: boolean): Promise<void> {
    participant.client.isMuted = isMuted;
    const { producers } = participant.peer;
    const mic = producers.get('mic');
    if (mic && !mic.closed) await (isMuted ? mic.pause() : mic.resume());
    // The audio of a screen stays off until the one who shares it turns it on: it may have been off before.
    if (isMuted) await producers.get('screenAudio')?.pause();
    this.#parts.changed(participant);
  }

  /** Mutes another participant, or asks them to un-mute; on oneself it does either (3.9). */
  async mute(by: Participant, { userId, isMute, super: role }: MuteNotice): Promise<void> {
    const target = this.#find(userId);
    if (target === by) return await this.setMuted(by, isMute);
    if (isMute) await this.setMuted(target, true);
    const { roomId } = this.#parts;
    target.emit('meeting.onMute', { userId, roomId, isMute, super: role, fromSuper: true });
  }

  #find(clientId: number): Participant {
    return (
      this.#parts.participants.get(clientId) ?? fail('NOT_FOUND', `Nobody in this meeting has the id ${clientId}.`)
    );
  }

  #set(moderator: Participant | undefined): void {
    const before = this.moderator;
    this.#moderatorId = moderator?.id ?? null;
    for (const one of new Set([before, moderator])) if (one) this.#parts.changed(one);
  }
}
