import { RTCPeerError } from '@meetframe/contract';

const within = 5000;
/** Answers of proxies whose platform does not run at the moment. */
const isDown = (status: number): boolean => [502, 503, 504].includes(status);

/**
 * Why no WebSocket can be opened: asks for its address without one. The platform itself says what is wrong with the request; who else
 * answers is a fault, too.
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
  return fault('answer', `${url} is answered by something else than the platform: ${what}.`);
};
