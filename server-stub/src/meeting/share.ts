import { randomInt } from 'node:crypto';
import type { types } from 'mediasoup';
import { fail } from '../errors.ts';
import type { Participant } from './participant.ts';

type Produce = () => Promise<types.Producer>;
type ShareOptions = { shareScreenId?: number | undefined; takeOver?: boolean | undefined };

const isSharing = ({ peer }: Participant): boolean => peer.producers.has('screen');

/** The rule that a meeting has one screen at a time: the screen belongs to the participant that sends it, or that is just starting to. */
export class Share {
  readonly #participants: ReadonlyMap<number, Participant>;
  #claim: { by: Participant } | undefined;

  constructor(participants: ReadonlyMap<number, Participant>) {
    this.#participants = participants;
  }

  /**
   * Sends the screen of a participant and replaces the one that the same participant shared before.
   *
   * @param options `takeOver` ends the share of another participant; the caller must have checked that this one moderates
   * @throws RTCPeerError `SHARE_IN_USE` while another participant shares, or when another one took over meanwhile
   */
  readonly screen = async (
    participant: Participant,
    produce: Produce,
    options: ShareOptions = {},
  ): Promise<types.Producer> => {
    const refuse = (): never => fail('SHARE_IN_USE', 'Another participant shares a screen.');
    const holder = this.#claim?.by ?? [...this.#participants.values()].find(isSharing);
    if (holder && holder !== participant) {
      if (!options.takeOver) refuse();
      holder.peer.producers.get('screen')?.close();
      holder.emit('meeting.shareTaken', { client: participant.author });
    }
    const { producers } = participant.peer;
    producers.get('screen')?.close();
    const claim = { by: participant };
    this.#claim = claim;
    participant.shareScreenId = options.shareScreenId ?? randomInt(1, 2 ** 31);
    try {
      const producer = await produce();
      producer.observer.once('close', () => {
        if (!isSharing(participant)) producers.get('screenAudio')?.close();
      });
      if (this.#claim?.by !== participant) {
        producer.close();
        refuse();
      }
      return producer;
    } finally {
      if (this.#claim === claim) this.#claim = undefined;
    }
  };

  /**
   * Sends the audio of a screen.
   *
   * @throws RTCPeerError `CONFLICT` unless the participant still shares a screen when the producer is ready
   */
  readonly audio = async (participant: Participant, produce: Produce): Promise<types.Producer> => {
    const requireScreen = () => isSharing(participant) || fail('CONFLICT', 'Publish the screen before its audio.');
    requireScreen();
    const producer = await produce();
    if (!isSharing(participant)) producer.close();
    requireScreen();
    return producer;
  };
}
