import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** The little of HTTP that the examples' back ends need. A partner uses a framework instead. */
export type Answer = { status?: number; json?: unknown; text?: string; cookie?: string };
export type Call = {
  /** The values of the path's `:name` parts. */
  ids: Record<string, string>;
  cookies: Record<string, string>;
  body(): Promise<Record<string, unknown>>;
};
export type Routes = Record<string, (call: Call) => Promise<Answer> | Answer>;

/** An error with the HTTP status and a sentence that the user may read. */
export class Refused extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const longestBody = 64 * 1024;

const readBody = async (request: IncomingMessage): Promise<Record<string, unknown>> => {
  // A form of another site cannot send this type, so another site cannot act in the name of a user who is logged in here.
  if (!/^application\/json\b/.test(request.headers['content-type'] ?? ''))
    throw new Refused(415, 'The body should be JSON.');
  let text = '';
  for await (const part of request.setEncoding('utf8')) {
    text += part;
    if (text.length > longestBody) throw new Refused(413, 'The body is too long.');
  }
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // The same answer as for a list or a number.
  }
  throw new Refused(400, 'The body should be a JSON object.');
};

const readCookies = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries((headers.cookie ?? '').split(/; */).map((pair) => pair.split('=', 2) as [string, string]));

/** Answers requests by a table such as `{'POST /oa/api/entries/:id/meeting': …}`; false for what is not in it. */
export const serveRoutes = (routes: Routes) => {
  const table = Object.entries(routes).map(([key, run]) => {
    const [method, pathname] = key.split(' ');
    return { method, pattern: new URLPattern({ pathname: pathname ?? '' }), run };
  });
  return async (request: IncomingMessage, response: ServerResponse, pathname: string): Promise<boolean> => {
    for (const { method, pattern, run } of table) {
      const match = method === request.method && pattern.exec({ pathname });
      if (!match) continue;
      const ids = match.pathname.groups as Record<string, string>;
      const call = { ids, cookies: readCookies(request), body: () => readBody(request) };
      let answer: Answer;
      try {
        answer = await run(call);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        answer = { status: error.status, json: { message: error.message } };
      }
      const { status = 200, json, text, cookie } = answer;
      response
        .writeHead(status, {
          'content-type': text === undefined ? 'application/json; charset=utf-8' : 'text/plain; charset=utf-8',
          'cache-control': 'no-store',
          ...(cookie !== undefined && { 'set-cookie': cookie }),
        })
        .end(text ?? JSON.stringify(json === undefined ? {} : json));
      return true;
    }
    return false;
  };
};

/** Who is logged in to a site, by a cookie that its pages cannot read. Kept in memory. */
export const createLogins = <Person>(cookie: string, path: string) => {
  const people = new Map<string, Person>();
  const attributes = `Path=${path}; HttpOnly; SameSite=Lax`;
  const find = ({ cookies }: Call): Person | undefined => people.get(cookies[cookie] ?? '');
  return {
    find,
    who: (call: Call): Person => {
      const person = find(call);
      if (!person) throw new Refused(401, 'Please sign in.');
      return person;
    },
    login(person: Person): string {
      const id = randomBytes(24).toString('base64url');
      people.set(id, person);
      return `${cookie}=${id}; ${attributes}`;
    },
    logout({ cookies }: Call): string {
      people.delete(cookies[cookie] ?? '');
      return `${cookie}=; Max-Age=0; ${attributes}`;
    },
  };
};
