import { expect, test } from 'vitest';
import { wireMethods } from './api.ts';
import type { Method, MethodTable } from './define.ts';
import { type Actor, actors, decisionsOf, type Level } from './may.ts';

/**
 * Levels that the dispatcher checks before a handler runs, from the loosest to the strictest, with the actors that each
 * admits.
 */
const levels: readonly [readonly Level[], readonly Actor[]][] = [
  [['public', 'visitor'], actors],
  [['sign'], actors.slice(actors.indexOf('app'))],
  [['user'], actors.slice(actors.indexOf('user'))],
  [['companyAdmin'], actors.slice(actors.indexOf('companyAdmin'))],
];

const rows: [string, Method][] = Object.entries(wireMethods as MethodTable);

test.each(rows)('%s is checked at the strictest level that admits every actor who may call it', (_, { may }) => {
  const decisions = decisionsOf(may).map(([, decision]) => decision);
  if (decisions.some(({ about }) => about === 'meeting')) {
    expect(['participant', 'moderator']).toContain(may.level);
    return;
  }
  const allowed = decisions.flatMap((decision) => decision.actors);
  const fitting = levels.filter(([, pass]) => allowed.every((actor) => pass.includes(actor)));
  expect(fitting.at(-1)?.[0]).toContain(may.level);
});
