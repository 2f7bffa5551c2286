import { createHmac } from 'node:crypto';

const life = 12 * 3600;

/** Time-limited credentials for a TURN server, by the shared-secret scheme that coturn and others use. */
export const relayCredentials = (server: string, secret: string, name: string, now = Date.now()) => {
  const username = `${Math.floor(now / 1000) + life}:${name}`;
  const host = server.replace(/^turns?:/, '');
  return {
    urls: [`turn:${host}?transport=udp`, `turn:${host}?transport=tcp`],
    username,
    credential: createHmac('sha1', secret).update(username).digest('base64'),
  };
};
