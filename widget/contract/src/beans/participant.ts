import * as z from 'zod/mini';
import { type Client, client } from './client.ts';
import { texts } from './texts.ts';
import { id } from './values.ts';

const facts = z.object({
  userId: z.nullable(id),
  audio: z.boolean(),
  video: z.boolean(),
  screen: z.nullable(id),
  connected: z.boolean(),
  hand: z.nullable(z.number()),
  audioOnly: z.boolean(),
});

export const participant = z.extend(facts, { client });
texts.add(participant, {
  id: 'Participant',
  description: 'A participant with the facts beyond section 8.4 that other participants need.',
  fields: {
    userId: 'The account, `null` for a guest.',
    audio: 'True while a microphone is published, muted or not.',
    video: 'True while the camera is published and not paused.',
    screen: 'Id of the screen that is shared, `null` while there is none.',
    connected: 'False while the connection is lost and the seat is kept.',
    hand: 'When the hand was raised, milliseconds since 1970 by the server’s clock; `null` while it is down.',
    audioOnly: 'True while the participant receives no video and sends none, by its own wish (3.23).',
  },
});
export type Participant = z.output<typeof participant>;

/** Default values of a participant: fields that have them are left out where many participants are listed. */
export const usual = {
  client: {
    userId: null,
    email: null,
    phone: null,
    pictureurl: null,
    company: null,
    isMuted: false,
    isSuperModerator: false,
    peerId: null,
  },
  facts: { userId: null, audio: false, video: false, screen: null, connected: true, hand: null, audioOnly: false },
} as const satisfies { client: Partial<Client>; facts: Omit<Participant, 'client'> };

const { name, mode, streamId, broadCastId } = client.shape;
const someFacts = z.partial(facts);
const someOfClient = z.partial(client);

/** Facts about a participant by its `Client.id`: only what is not {@link usual}. */
export const unusualFacts = z.extend(someFacts, { id });
/** A participant who entered: fields that are absent are as {@link usual} says. */
export const joinedParticipant = z.extend(someFacts, {
  client: z.extend(someOfClient, { id, name, mode, streamId, broadCastId }),
});
/** A participant who changed: fields that are absent are as they were. */
export const changedParticipant = z.extend(someFacts, { client: z.extend(someOfClient, { id }) });
