import { RTCPeerError } from '@meetframe/contract';

const within = 5000;
/** True for the answer of a proxy while the platform behind it is down. */
const isDown = (status: number): boolean => [502, 503, 504].includes(status);

/**
 * Finds out why no WebSocket can be opened: requests its address over HTTP. The platform answers what is wrong with the request; an
 * answer of any other server is a fault, too.
 *
 * @returns `undefined` while nothing answers, as without a network, or when nothing is wrong
 */
export const findFault = async (socketUrl: string): Promise<RTCPeerError | undefined> => {
  const url = socketUrl.replace(/^ws/, 'http');
  const fault = (name: string, message: string) => new RTCPeerError('DISCONNECTED', message, { fault: name });
  const answer = await fetch(url, { cache: 'no-store', signal: AbortSignal.timeout(within) }).catch(() => undefined);
  if (!answer || isDown(answer.status)) return undefined;
  const { error } = await answer.json().catch(() => ({}));
  if (error?.details?.fault) return fault(error.details.fault, error.message);
  // A platform that is busy, or protects itself.
  if (error) return undefined;
  const what = `${answer.status} ${answer.headers.get('content-type') ?? ''}`.trim();
  return fault('answer', `${url} is not answered by the platform: ${what}.`);
};
