import { RTCPeerError } from '@meetframe/contract';
import { createClient } from './client.ts';

type Sent = Record<string, unknown> & { id: number; module: string; method: string };

export const alice = { id: 7, account: 'alice', name: 'Alice' };

/** A client, and the platform at the other end of its WebSocket: Alice signs in as "alice", or by a session id in `valid`. */
export const fakePlatform = () => {
  const valid = new Set(['good']);
  const hellos: (string | undefined)[] = [];
  let current: Platform | undefined;
  class Platform {
    readyState = 1;
    onopen: (() => void) | null = null;
    onmessage: ((event: { data: string }) => void) | null = null;
    onclose: (() => void) | null = null;
    constructor() {
      current = this;
      queueMicrotask(() => this.onopen?.());
    }
    say(message: object): void {
      queueMicrotask(() => this.onmessage?.({ data: JSON.stringify(message) }));
    }
    send(text: string): void {
      const { id, module, method, SID, name } = JSON.parse(text) as Sent;
      const answer = (fields: object) => this.say({ id, module, method, ...fields });
      if (method !== 'hello') {
        const signedIn = { result: 0, SID: 'good', user: alice, level: 4 };
        answer(method !== 'login' ? { result: 0 } : name === 'alice' ? signedIn : { result: 1 });
        return;
      }
      hellos.push(SID as string | undefined);
      if (SID !== undefined && !valid.has(SID as string)) {
        answer({ error: new RTCPeerError('UNAUTHENTICATED', 'unknown').toJSON() });
        return;
      }
      const user = SID ? alice : null;
      const numbers = { seq: 0, serverTime: Date.now(), openBefore: 900_000, signExpiresAt: null };
      const resumeToken = `token ${hellos.length}`;
      answer({ resumed: false, missed: 'events', resumeToken, user, company: null, level: user && 4, ...numbers });
    }
    close(): void {}
  }
  const client = createClient({ url: 'ws://platform', WebSocket: Platform as never });
  return {
    client,
    /** Session ids that the platform knows. */
    valid,
    /** With which session ids the client said hello. */
    hellos,
    /** Resolves once the client is connected. */
    ping: () => client.call('session.ping', {}),
    tell(name: string, payload: object): void {
      const [module, method] = name.split('.');
      current?.say({ seq: 1, module, method, ...payload });
    },
    lose: (): void => current?.onclose?.(),
  };
};
