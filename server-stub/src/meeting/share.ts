import type { types } from 'mediasoup';
import { fail } from '../errors.ts';
import type { Participant } from './participant.ts';

type Produce = () => Promise<types.Producer>;

const isSharing = ({ peer }: Participant): boolean => peer.producers.has('screen');

/** The rule that a meeting has one screen at a time: the screen belongs to the participant that sends it, or that is just starting to. */
export class Share {
  readonly #participants: ReadonlyMap<number, Participant>;
  #claim: { id: number } | undefined;

  constructor(participants: ReadonlyMap<number, Participant>) {
    this.#participants = participants;
  }

  /**
   * Sends the screen of a participant and replaces the one that the same participant shared before.
   *
   * @throws RTCPeerError `SHARE_IN_USE` while another participant shares
   */
  readonly screen = async (participant: Participant, produce: Produce): Promise<types.Producer> => {
    const holder = this.#claim?.id ?? [...this.#participants.values()].find(isSharing)?.id;
    if (holder !== undefined && holder !== participant.id) fail('SHARE_IN_USE', 'Another participant shares a screen.');
    const { producers } = participant.peer;
    producers.get('screen')?.close();
    const claim = { id: participant.id };
    this.#claim = claim;
    try {
      const producer = await produce();
      producer.observer.once('close', () => {
        if (!isSharing(participant)) producers.get('screenAudio')?.close();
      });
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
    const requireScreen = () =>
      isSharing(participant) || fail('CONFLICT', 'The audio of a screen goes with a screen: share one.');
    requireScreen();
    const producer = await produce();
    if (!isSharing(participant)) producer.close();
    requireScreen();
    return producer;
  };
}
