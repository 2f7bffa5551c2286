import { expect, test } from 'vitest';
import type { Method, Who } from './define.ts';
import { meeting } from './meeting.ts';
import { type Actor, actors, decisionsOf, type Permission, permissions } from './permissions.ts';
import { platform } from './platform.ts';

/** Levels that the dispatcher checks before a handler runs, from the loosest to the strictest, and whom each lets by. */
const levels: readonly [readonly Who[], readonly Actor[]][] = [
  [['public', 'visitor'], actors],
  [['sign'], actors.slice(actors.indexOf('app'))],
  [['user'], actors.slice(actors.indexOf('user'))],
  [['companyAdmin'], actors.slice(actors.indexOf('companyAdmin'))],
];

const rows: [string, Method, Permission][] = Object.entries({ ...platform, ...meeting }).map(([name, row]) => [
  name,
  row,
  permissions[name as keyof typeof permissions],
]);

test('decisions are made for the rows that there are, and for no others', () => {
  expect(Object.keys(permissions).sort()).toEqual(rows.map(([name]) => name).sort());
});

test.each(rows)('%s is checked at the strictest level that lets everybody by who may', (_, { who }, permission) => {
  const decisions = decisionsOf(permission).map(([, decision]) => decision);
  if (decisions.some(({ about }) => about === 'meeting')) {
    expect(['participant', 'moderator']).toContain(who);
    return;
  }
  const may = decisions.flatMap((decision) => decision.may);
  const fitting = levels.filter(([, pass]) => may.every((actor) => pass.includes(actor)));
  expect(fitting.at(-1)?.[0]).toContain(who);
});
