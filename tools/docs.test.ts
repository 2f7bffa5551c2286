import { readFileSync } from 'node:fs';
import { errorCodes, type MethodTable, meeting, meetingEvents, platform, platformEvents } from '@meetframe/contract';
import { describe, expect, test } from 'vitest';
import { documents } from './docs.ts';
import { conversations } from './docsProtocol.ts';

test.each(Object.entries(documents))(
  '%s is current (npm run docs writes it)',
  (path, make) => {
    expect(readFileSync(path, 'utf8')).toBe(make());
  },
  60_000,
);

describe('the conversations of docs/protocol.md', () => {
  const rows: MethodTable = { ...platform, ...meeting };
  const events = { ...platformEvents, ...meetingEvents };
  const said = conversations().map(({ by, message }) => {
    const { id, seq, module, method, error, ...rest } = message;
    const name = `${module}.${method}`;
    const isEvent = seq !== undefined && name !== 'session.hello';
    return {
      by,
      id,
      seq,
      name,
      isEvent,
      error: error as { code: string; details?: { field?: string } } | undefined,
      rest,
    };
  });

  test.each(said)('$by, $name: is what the contract says', ({ by, id, seq, name, isEvent, error, rest }) => {
    if (isEvent) {
      // An event may have an id of its own.
      const payload = id === undefined ? rest : { id, ...rest };
      expect(events[name as keyof typeof events].payload.safeParse(payload)).toEqual({ success: true, data: payload });
      return;
    }
    const row = rows[name];
    if (error) return expect(Object.keys(errorCodes)).toContain(error.code);
    if (by === 'client') {
      // A request that is refused is wrong just where its answer says.
      const refusal = said.find((later) => later.by === 'server' && later.id === id && later.error)?.error;
      const wrong = row?.input.safeParse(rest).error?.issues[0]?.path.join('.');
      expect(wrong).toBe(refusal?.details?.field);
      return;
    }
    const output = seq === undefined ? rest : { seq, ...rest };
    expect(row?.output.safeParse(output)).toEqual({ success: true, data: output });
  });

  test('every answer follows its request', () => {
    for (const [index, { by, id, name, isEvent }] of said.entries()) {
      if (by === 'client' || isEvent) continue;
      expect(
        said.slice(0, index).some((before) => before.by === 'client' && before.id === id && before.name === name),
      ).toBe(true);
    }
  });
});
