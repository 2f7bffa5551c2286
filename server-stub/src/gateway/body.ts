import { RTCPeerError } from '@meetframe/contract/error';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { fail } from '../errors.ts';

/** The fields of a form; its files are ignored. */
const formOf = async (type: string, body: Buffer): Promise<Record<string, unknown>> => {
  try {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
    return Object.fromEntries([...form].filter(([, value]) => typeof value === 'string'));
  } catch {
    return fail('INVALID_ARGUMENT', 'body should be a form.', { field: 'body', expected: 'multipart/form-data' });
  }
};

/** Accepts forms, besides JSON, as request bodies. Files in a form are ignored. */
export const acceptForms = (app: FastifyInstance): void => {
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(body as string))),
  );
  app.addContentTypeParser(
    'multipart/form-data',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) => await formOf(request.headers['content-type'] ?? '', body),
  );
};

/** The form in the body of a GET, which the server does not read by itself; nothing without a body. */
export const formOfGet = async ({ raw, headers }: FastifyRequest, most: number): Promise<Record<string, unknown>> => {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of raw as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > most)
      fail('INVALID_ARGUMENT', `The body is larger than ${most} bytes.`, {
        field: 'body',
        expected: `at most ${most} bytes`,
      });
    parts.push(part);
  }
  return size === 0 ? {} : await formOf(headers['content-type'] ?? '', Buffer.concat(parts));
};

const object = (value: unknown, field: string): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : fail('INVALID_ARGUMENT', `${field} should be an object.`, { field, expected: 'object' });

/** The fields with credentials that a form may have beside `params`. */
const credentials = ['SID', 'sign', 'appkey', 'appId'] as const;

/**
 * The parameters of a call: the fields of its body, or those of the JSON in the field `params` (section 6.2). A form with `params`
 * may have them beside it.
 */
export const parameters = (body: unknown): Record<string, unknown> => {
  const fields = object(body, 'body');
  if (typeof fields.params !== 'string') return fields;
  const beside = Object.fromEntries(
    credentials.flatMap((name) => (fields[name] === undefined || fields[name] === '' ? [] : [[name, fields[name]]])),
  );
  try {
    return { ...beside, ...object(JSON.parse(fields.params), 'params') };
  } catch (error) {
    if (error instanceof RTCPeerError) throw error;
    return fail('INVALID_ARGUMENT', 'params should be JSON.', { field: 'params', expected: 'JSON' });
  }
};
