import { randomBytes, scryptSync } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { getPriority } from 'node:os';
import { expect, test, vi } from 'vitest';
import type { Derivation } from '../threads/hashThread.ts';
import { limit } from '../throttle/limit.ts';
import { makePasswords, platformPasswords } from './passwords.ts';

// Hashes as they are made outside of tests.
vi.hoisted(() => {
  delete process.env.MEETFRAME_TEST_HASHES;
});
/** A derivation takes a quarter of a second where nothing else runs. */
vi.setConfig({ testTimeout: 60_000 });

test('a hash says how it was made, matches its password only, and is as strong as OWASP recommends', async () => {
  const hash = await platformPasswords.hashPassword('correct horse');
  expect(hash).toMatch(/^scrypt\$15\$8\$3\$[\w-]{22}\$[\w-]{43}$/);
  expect(await platformPasswords.isPassword('correct horse', hash)).toBe(true);
  expect(await platformPasswords.isPassword('correct horsE', hash)).toBe(false);
  for (const none of [null, 'scrypt$x', 'md5$a$b']) expect(await platformPasswords.isPassword('x', none)).toBe(false);
  expect(platformPasswords.isOutdated(hash)).toBe(false);
});

test('a hash of the time before parameters were stored is still right, and is outdated', async () => {
  const salt = randomBytes(16);
  const key = scryptSync('old', salt, 32, { N: 16384, r: 8, p: 1 });
  const hash = `scrypt$${salt.toString('base64url')}$${key.toString('base64url')}`;
  expect(await platformPasswords.isPassword('old', hash)).toBe(true);
  expect(await platformPasswords.isPassword('new', hash)).toBe(false);
  expect(platformPasswords.isOutdated(hash)).toBe(true);
});

test('while passwords are hashed, files are read and other work goes on', async () => {
  const order: string[] = [];
  const hashing = Promise.all(Array.from({ length: 4 }, () => platformPasswords.hashPassword('x'))).then(() =>
    order.push('hashed'),
  );
  await readFile(import.meta.filename);
  order.push('read');
  await hashing;
  expect(order).toEqual(['read', 'hashed']);
});

test('a wrong guess takes the same work for a hash of today, an older one, and none', async () => {
  let work = 0;
  const derive = async ({ logN, r, p }: Derivation) => {
    work += 2 ** logN * r * p;
    return new Uint8Array(32);
  };
  const passwords = makePasswords({ cost: { logN: 15, r: 8, p: 3 }, derive });
  const takes = async (hash: string | null): Promise<number> => {
    work = 0;
    expect(await passwords.isPassword('wrong', hash)).toBe(false);
    return work;
  };
  const none = await takes(null);
  for (const how of ['15$8$3$', '', '14$8$5$', '13$8$1$'])
    expect(await takes(`scrypt$${how}c2FsdA$${Buffer.alloc(32, 1).toString('base64url')}`)).toBe(none);
});

test('one source causes a number of hashes in a minute, and uses up nothing for others', async () => {
  const cost = { logN: 4, r: 8, p: 1 };
  const passwords = makePasswords({ cost, rate: limit(2, 60), derive: async () => new Uint8Array(32) });
  await passwords.hashPassword('x', '203.0.113.1');
  await passwords.isPassword('x', null, '203.0.113.1');
  for (const refused of [passwords.hashPassword('x', '203.0.113.1'), passwords.isPassword('x', null, '203.0.113.1')])
    await expect(refused).rejects.toMatchObject({ code: 'THROTTLED' });
  await passwords.hashPassword('x', '203.0.113.2');
  for (let n = 0; n < 5; n++) await passwords.hashPassword('the platform itself');
});

test.runIf(process.platform === 'linux')('hashing has a lower priority than everything else', async () => {
  await platformPasswords.hashPassword('x');
  const nice = readdirSync('/proc/self/task').map((task) =>
    Number(
      readFileSync(`/proc/self/task/${task}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')[16],
    ),
  );
  expect(nice).toContain(Math.min(getPriority() + 5, 19));
});
