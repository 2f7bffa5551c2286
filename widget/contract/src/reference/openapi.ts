import { specification, version } from '../version.ts';
import { messageName, messageOf, moduleOperation, operationOf } from './operations.ts';
import { otherPaths, signTag } from './otherPaths.ts';
import { httpRows, schemas } from './schemas.ts';

const modules: Record<string, string> = {
  account: 'Logging in and out, passwords, and signing a partner’s own users on.',
  room: 'Rooms and who may enter them.',
  appointment: 'Planned meetings and invitations.',
  meeting: 'Planning a meeting with every parameter that the platform knows.',
  user: 'The users of a company.',
  record: 'Recordings.',
  call: 'Calls between users: call list, settings and blocked callers. Making and answering calls needs a socket.',
  media: 'The media nodes.',
  session: 'Check that the platform answers. Sessions over a socket are described in docs/protocol.md.',
};

const description = `Every method that a back end or a page can call over HTTP. Sections are those of ${specification}.

Each method has an address of its own, \`POST /app/{module}/{method}\`. The form of the specification works as well: \`POST /app/{module}\`
with \`method\` in the body. A body is JSON of at most 64 kB, or a form whose field \`params\` holds that JSON. The socket at
\`/app/socket\` takes the same messages.

A **sign** (\`getSign\`) says for which app a call is made, a **session id** (\`SID\`, from a login) for which user. Both go into the body, or
into the headers \`X-Sign\` and \`Authorization: Bearer\`. Pages of another origin always need a sign, and their origin must be on the app's
list: from any other page every call with a sign is refused with \`FORBIDDEN\` and \`details.origin\` before any other check.

Business outcomes come with status 200 and a \`result\`. Everything else is an error with a stable \`code\`, a status of 400 or above, and
for wrong input the name of the field. Unknown fields are ignored. Lists count their pages from 0.`;

const securitySchemes = {
  sign: {
    type: 'apiKey',
    in: 'header',
    name: 'X-Sign',
    description: 'Sign of an app, or the field `sign` of the body.',
  },
  SID: {
    type: 'http',
    scheme: 'bearer',
    description: 'Session id of a logged-in user, or the field `SID` of the body.',
  },
};

/** The OpenAPI 3.1 description of the platform at `origin`; without one, of the platform that serves it. */
export const openApi = (origin = '/') => {
  const byModule = Map.groupBy(
    httpRows.map(([name]) => name),
    (name) => name.split('.')[0] as string,
  );
  return {
    openapi: '3.1.0',
    info: {
      title: 'MeetFrame platform',
      version,
      summary: 'Rooms, appointments, users, recordings and sign-on.',
      description,
    },
    servers: [{ url: origin, description: 'This platform.' }],
    tags: [signTag, ...Object.entries(modules).map(([name, description]) => ({ name, description }))],
    paths: {
      ...otherPaths(),
      ...Object.fromEntries(
        httpRows.map(([name, row]) => [`/app/${name.replace('.', '/')}`, { post: operationOf(name, row) }]),
      ),
      ...Object.fromEntries(
        [...byModule].map(([module, names]) => [`/app/${module}`, { post: moduleOperation(module, names) }]),
      ),
    },
    components: {
      schemas: {
        ...schemas(),
        ...Object.fromEntries(httpRows.map(([name]) => [messageName(name), messageOf(name)])),
      },
      securitySchemes,
    },
  };
};
export type OpenApi = ReturnType<typeof openApi>;
