import type { types } from 'mediasoup';
import { fail } from '../errors.ts';
import type { Participant } from './participant.ts';

type Produce = () => Promise<types.Producer>;

const isSharing = ({ peer }: Participant): boolean => peer.producers.has('screen');

/** One screen at a time in a meeting. Who sends a screen shares it; apart from that only who is just setting one up. */
export class Share {
  readonly #participants: ReadonlyMap<number, Participant>;
  #claim: { id: number } | undefined;

  constructor(participants: ReadonlyMap<number, Participant>) {
    this.#participants = participants;
  }

  /**
   * Sends a screen, in place of the one that the participant shared before.
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
   * @throws RTCPeerError `CONFLICT` unless the participant shares a screen, before and after
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
