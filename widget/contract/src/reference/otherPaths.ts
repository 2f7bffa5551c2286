import type { getSign } from '../account.ts';
import { ref } from './schemas.ts';
import type { JsonSchema, Operation, PathItem } from './types.ts';

export const signTag = { name: 'sign', description: 'Signs, which say for which app a call is made.' };

const words: Record<keyof typeof getSign.input.shape, string> = {
  appId: 'Id of the app.',
  secret: 'Its secret. Keep it on your back end.',
  account: 'The partner’s user who sees the page: the sign then proves that this user signs on (6.2). Optional.',
};
const text: JsonSchema = { type: 'string', minLength: 1, maxLength: 200 };
const appFields = Object.keys(words) as (keyof typeof words)[];
const pair: JsonSchema = {
  type: 'object',
  properties: Object.fromEntries(appFields.map((name) => [name, { ...text, description: words[name] }])),
  required: ['appId', 'secret'],
};
const example = { appId: 'demo', secret: 'demo-secret' };

const signing: Pick<Operation, 'tags' | 'summary' | 'description' | 'security' | 'responses' | 'x-section'> = {
  tags: [signTag.name],
  summary: 'Get a sign for an app.',
  description:
    'Section 6.1. For back ends. The sign expires, by default after two hours, and is bound to the app and to the origins that it allows.',
  security: [{}],
  'x-section': '6.1',
  responses: {
    '200': {
      description:
        'The outcome, in `code`: 200 the sign is in `data`, 400 something is missing, 401 wrong app or secret, 429 too many attempts.',
      content: {
        'application/json': {
          schema: ref('Sign'),
          example: { code: 200, data: 'demo.1893456000.Zt4cQ2yQ7bT1n0k8mB6hVw3xU5rJ9sLqOaEdPfGiHjK', message: 'ok' },
        },
      },
    },
  },
};

const file: Operation = {
  operationId: 'recording',
  tags: ['record'],
  summary: 'Play or download a recording.',
  description:
    'Section 2.31. `record.getRecordByRange` gives the file name and the query in `comment`. The signature in it is the only access right: neither sign nor session id is needed, and the address works until it expires.',
  security: [{}],
  'x-section': '2.31',
  parameters: [
    { name: 'file', in: 'path', required: true, description: 'Name of the file.', schema: text },
    { name: 'expires', in: 'query', required: true, description: 'From the address.', schema: { type: 'integer' } },
    { name: 'signature', in: 'query', required: true, description: 'From the address.', schema: text },
    { name: 'download', in: 'query', description: 'Given: to be saved, not played.', schema: { type: 'string' } },
    { name: 'Range', in: 'header', description: 'Part of the file, as in `bytes=0-1023`.', schema: { type: 'string' } },
  ],
  responses: {
    '200': { description: 'The file.', content: { 'video/*': { schema: {} } } },
    '206': { description: 'The part of the file that was asked for.', content: { 'video/*': { schema: {} } } },
    '404': {
      description: 'No such file, or the address has expired or was not made by this platform.',
      content: { 'application/json': { schema: ref('Error') } },
    },
    '416': { description: 'The file has no such part.' },
  },
};

const chatFile: Operation = {
  ...file,
  operationId: 'chatFile',
  tags: ['meeting'],
  summary: 'Download a file of the chat.',
  description:
    'The address is `file.link` of the chat message and works for at least an hour; `meeting.linkFile` gives a new one. The signature in it is the only access right. The browser always saves the file.',
  'x-section': '+',
  parameters: (file.parameters ?? []).filter(({ name }) => name !== 'download'),
  responses: {
    ...file.responses,
    '200': {
      description: 'The file.',
      content: { 'application/octet-stream': { schema: {} }, 'image/*': { schema: {} } },
    },
    '206': {
      description: 'The part of the file that was asked for.',
      content: { 'application/octet-stream': { schema: {} }, 'image/*': { schema: {} } },
    },
  },
};

/** Addresses outside the `{module, method}` form. */
export const otherPaths = (): Record<string, PathItem> => ({
  '/app/getSign': {
    post: {
      ...signing,
      operationId: 'getSign',
      requestBody: {
        required: true,
        content: {
          'application/json': { schema: pair, example },
          'application/x-www-form-urlencoded': { schema: pair, example },
          'multipart/form-data': { schema: pair, example },
        },
      },
    },
    get: {
      ...signing,
      operationId: 'getSignByAddress',
      description: `${signing.description} Prefer \`POST\`: this address contains the secret, and proxies often log addresses.`,
      parameters: appFields.map((name) => ({
        name,
        in: 'query',
        required: true,
        description: words[name],
        schema: text,
      })),
    },
  },
  '/app/upload/videos/{file}': { get: file },
  '/app/upload/files/{file}': { get: chatFile },
});
