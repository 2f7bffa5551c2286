import { aliases } from '../aliases.ts';
import type { Method } from '../define.ts';
import type { ErrorCode } from '../error.ts';
import { errorCodes } from '../errorCodes.ts';
import type { Level } from '../may.ts';
import { examples, type HttpRow } from './examples.ts';
import { answerOf, ref, requestOf } from './schemas.ts';
import type { JsonSchema, MediaType, Operation } from './types.ts';
import { whoMay } from './whoMay.ts';

/** Accepted credentials in OpenAPI’s form: one entry for each combination that is sufficient. */
const security: Record<'open' | 'sign' | 'user', Record<string, string[]>[]> = {
  open: [{}, { sign: [] }, { SID: [] }, { SID: [], sign: [] }],
  sign: [{ sign: [] }, { SID: [] }, { SID: [], sign: [] }],
  user: [{ SID: [] }, { SID: [], sign: [] }],
};
const levelOf = (who: Level): keyof typeof security =>
  who === 'public' || who === 'visitor' ? 'open' : who === 'sign' ? 'sign' : 'user';

const oldNames = (method: string): string[] =>
  Object.entries(aliases).flatMap(([old, { to }]) => (to === method ? [old] : []));

/** Errors that any call over HTTP can have besides those of its row. */
const general: readonly ErrorCode[] = ['INVALID_ARGUMENT', 'UNAUTHENTICATED', 'FORBIDDEN', 'INTERNAL'];
const retryAfter = { 'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } } };

const errorsOf = (row: Method): ErrorCode[] => [...new Set([...(row.errors ?? []), ...general])];

const errorResponses = (
  codes: readonly ErrorCode[],
  at: { module: string; method: string },
): Operation['responses'] => {
  const byStatus = Map.groupBy(codes, (code) => String(errorCodes[code].status));
  return Object.fromEntries(
    [...byStatus].sort().map(([status, same]) => [
      status,
      {
        description: same
          .map((code) => `\`${code}\`: ${errorCodes[code].meaning} ${errorCodes[code].remedy}`)
          .join('\n\n'),
        ...(status === '429' && { headers: retryAfter }),
        content: {
          'application/json': {
            schema: ref('Error'),
            example: { ...at, error: { code: same[0], message: errorCodes[same[0] as ErrorCode].meaning } },
          },
        },
      },
    ]),
  );
};

const formOf = (schema: JsonSchema): MediaType => ({
  schema: {
    type: 'object',
    properties: {
      params: {
        type: 'string',
        description: 'The same as JSON.',
        contentMediaType: 'application/json',
        contentSchema: schema,
      },
    },
    required: ['params'],
  },
});
const bodyOf = (schema: JsonSchema, example?: unknown) => ({
  required: true,
  content: {
    'application/json': { schema, ...(example !== undefined && { example }) },
    'application/x-www-form-urlencoded': formOf(schema),
  },
});

const SID = examples['account.login'].response.SID;
const sign = examples['account.dockingLogin'].request.sign;

const exampleOf = (name: HttpRow): { request: object; answer: object } => {
  const { as, request, response } = examples[name];
  const [module, method] = name.split('.');
  const who = as === 'nobody' ? {} : as === 'app' ? { sign } : { SID };
  return { request: { ...request, ...who }, answer: { ...response, module, method } };
};

/** The method’s own address. */
export const operationOf = (name: HttpRow, row: Method): Operation => {
  const [module = '', method = ''] = name.split('.');
  const { request, answer } = exampleOf(name);
  const old = oldNames(method).map((other) => `\`${other}\``);
  const codes = errorsOf(row);
  return {
    operationId: `${module}_${method}`,
    tags: [module],
    summary: row.summary,
    description: [
      row.spec === '+' ? 'Beyond the specification.' : `Section ${row.spec}.`,
      `${whoMay(row.may)}.`,
      ...(old.length ? [`Can also be called as ${old.join(' and ')}, which the specification uses in places.`] : []),
    ].join(' '),
    security: security[levelOf(row.may.level)],
    requestBody: bodyOf(ref(requestOf(name)), request),
    responses: {
      '200': {
        description: 'The outcome.',
        content: { 'application/json': { schema: ref(answerOf(name)), example: answer } },
      },
      ...errorResponses(codes, { module, method }),
    },
    'x-section': row.spec,
    'x-errors': codes,
  };
};

/** The request in the specification’s form, for the module’s address: it contains the method’s name. */
export const messageOf = (name: string): JsonSchema => {
  const method = name.split('.')[1] ?? '';
  const names = { enum: [method, ...oldNames(method)], description: 'Which method.' };
  return { allOf: [ref(requestOf(name)), { type: 'object', properties: { method: names }, required: ['method'] }] };
};
export const messageName = (name: string): string => `${name}.message`;

/** The module’s address, where the body names the method. */
export const moduleOperation = (module: string, names: readonly string[]): Operation => {
  const mapping = names.flatMap((name) => {
    const method = name.split('.')[1] ?? '';
    return [method, ...oldNames(method)].map((each) => [each, `#/components/schemas/${messageName(name)}`]);
  });
  const schema: JsonSchema = {
    oneOf: names.map((name) => ref(messageName(name))),
    discriminator: { propertyName: 'method', mapping: Object.fromEntries(mapping) },
  };
  return {
    operationId: module,
    tags: [module],
    summary: 'Any method of this module, named in the body.',
    description:
      'The form of the specification. Input and output of each method are described at the method’s own address.',
    security: security.open,
    requestBody: bodyOf(schema),
    responses: {
      '200': {
        description: 'The outcome.',
        content: { 'application/json': { schema: { anyOf: names.map((name) => ref(answerOf(name))) } } },
      },
      default: { description: 'An error.', content: { 'application/json': { schema: ref('Error') } } },
    },
    'x-section': '5, 6.2',
  };
};
