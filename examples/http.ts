import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

/** The little of HTTP that the examples' back ends need. A partner uses a framework instead. */
export type Answer = {
  status?: number;
  json?: unknown;
  text?: string;
  cookie?: string;
  /** Keeps the answer open as a stream of server-sent events; calls back with how to send one, and gets how to stop. */
  stream?: (send: () => void) => () => void;
};
export type Call = {
  /** The values of the path's `:name` parts. */
  ids: Record<string, string>;
  headers: IncomingHttpHeaders;
  /** The body as it came. */
  text(): Promise<string>;
  /** The body as a JSON object. */
  body(): Promise<Record<string, unknown>>;
};
export type Routes = Record<string, (call: Call) => Promise<Answer> | Answer>;
export type Language = 'en' | 'zh-CN';

/** An error with the HTTP status and a sentence that the user may read, in both languages. */
export class Refused extends Error {
  readonly status: number;
  readonly #chinese: string;
  constructor(status: number, english: string, chinese: string) {
    super(english);
    this.status = status;
    this.#chinese = chinese;
  }
  in(language: Language): string {
    return language === 'en' ? this.message : this.#chinese;
  }
}

const readCookie = ({ cookie = '' }: IncomingHttpHeaders, name: string): string | undefined =>
  cookie
    .split(/; */)
    .map((pair) => pair.split('=', 2))
    .find(([each]) => each === name)?.[1];

/** The language that the reader has chosen (`language.js`), or that the browser prefers. */
export const languageOf = (headers: IncomingHttpHeaders): Language =>
  /^zh/.test(readCookie(headers, 'language') ?? headers['accept-language'] ?? '') ? 'zh-CN' : 'en';

const longestBody = 64 * 1024;

const readText = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const part of request.setEncoding('utf8')) {
    text += part;
    if (text.length > longestBody) throw new Refused(413, 'That is too long.', '内容太长。');
  }
  return text;
};

const readBody = async (request: IncomingMessage): Promise<Record<string, unknown>> => {
  // A form of another site cannot send this type, so another site cannot act in the name of a user who is logged in here.
  if (!/^application\/json\b/.test(request.headers['content-type'] ?? ''))
    throw new Refused(415, 'The body should be JSON.', '请求内容应为 JSON。');
  const text = await readText(request);
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // The same answer as for a list or a number.
  }
  throw new Refused(400, 'The body should be a JSON object.', '请求内容应为 JSON 对象。');
};

const respond = (response: ServerResponse, { status = 200, json = {}, text, cookie, stream }: Answer) => {
  const type = stream ? 'text/event-stream' : text === undefined ? 'application/json' : 'text/plain';
  response.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    'cache-control': 'no-store',
    ...(cookie !== undefined && { 'set-cookie': cookie }),
  });
  if (!stream) return response.end(text ?? JSON.stringify(json));
  response.flushHeaders();
  return response.on(
    'close',
    stream(() => response.write('data:\n\n')),
  );
};

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
      const { headers } = request;
      try {
        respond(response, await run({ ids, headers, text: () => readText(request), body: () => readBody(request) }));
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        respond(response, { status: error.status, json: { message: error.in(languageOf(headers)) } });
      }
      return true;
    }
    return false;
  };
};

/** Who is logged in to a site, by a cookie that its pages cannot read. Kept in memory. */
export const createLogins = <Person>(cookie: string, path: string) => {
  const people = new Map<string, Person>();
  const attributes = `Path=${path}; HttpOnly; SameSite=Lax`;
  const idOf = ({ headers }: Call): string => readCookie(headers, cookie) ?? '';
  const find = (call: Call): Person | undefined => people.get(idOf(call));
  return {
    find,
    who: (call: Call): Person => {
      const person = find(call);
      if (!person) throw new Refused(401, 'Please sign in.', '请先登录。');
      return person;
    },
    login(person: Person): string {
      const id = randomBytes(24).toString('base64url');
      people.set(id, person);
      return `${cookie}=${id}; ${attributes}`;
    },
    logout(call: Call): string {
      people.delete(idOf(call));
      return `${cookie}=; Max-Age=0; ${attributes}`;
    },
  };
};
