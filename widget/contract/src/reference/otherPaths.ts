import type { getSign } from '../account.ts';
import { ref } from './schemas.ts';
import type { JsonSchema, Operation, PathItem } from './types.ts';

export const signTag = { name: 'sign', description: 'Signs, which say for which app a call is made.' };

const words: Record<keyof typeof getSign.input.shape, string> = {
  appId: 'Id of the app.',
  secret: 'Its secret. Keep it on your back end.',
  account: 'The partner’s own user of the page: the sign then proves who signs on (6.2). Not required.',
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
    'Section 2.31. The address comes from `record.getRecordByRange`, `comment` with its query, and holds until it expires. Nothing else opens it.',
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
    'The address comes with the line of the chat, `file.link`, and holds for an hour at least; `meeting.linkFile` gives a new one. Nothing else opens it. Always a download.',
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

/** What has no `{module, method}` form. */
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
      description: `${signing.description} Prefer \`POST\`: proxies like to write addresses down, and the secret is in this one.`,
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
