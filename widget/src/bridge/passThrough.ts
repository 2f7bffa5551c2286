import { dateFields, type PassThrough, passThrough, RTCPeerError } from '@meetframe/contract';
import type { Admissions } from '../model/admissions.ts';
import type { Client } from '../platform/client.ts';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** ISO 8601 of the wire becomes `Date`, at any depth, in the fields that carry a time. */
export const withDates = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withDates);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      (dateFields as readonly string[]).includes(key) && typeof inner === 'string' ? new Date(inner) : withDates(inner),
    ]),
  );
};

export const isPassThrough = (name: string): name is keyof PassThrough => Object.hasOwn(passThrough, name);

/** Hands a page's call on to the platform, which checks it. A room that a code opens stays open to this widget. */
export const createPassThrough =
  (client: Pick<Client, 'send'>, admissions: Pick<Admissions, 'ask'>) =>
  async (name: keyof PassThrough, input: unknown): Promise<unknown> => {
    if (input !== undefined && !isObject(input))
      throw new RTCPeerError('INVALID_ARGUMENT', `${name}: expected one object.`, { field: '', expected: 'object' });
    const sent =
      name === 'getRoomByInviteCode' ? admissions.ask(input ?? {}) : client.send(passThrough[name], input ?? {});
    const answer = withDates(await sent) as Record<string, unknown>;
    if (name === 'getMediaState' && Array.isArray(answer.object))
      return Object.assign([...answer.object], { object: answer.object });
    // Over the socket `id` is that of the request.
    return name === 'newMeeting' ? { ...answer, id: answer.meetingId } : answer;
  };
