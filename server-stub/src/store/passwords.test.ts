import { randomBytes, scryptSync } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect, test, vi } from 'vitest';
import { hashPassword, isOutdated, isPassword } from './passwords.ts';

/** A derivation takes a quarter of a second where nothing else runs. */
vi.setConfig({ testTimeout: 60_000 });

test('a hash says how it was made, matches its password only, and is as strong as OWASP recommends', async () => {
  const hash = await hashPassword('correct horse');
  expect(hash).toMatch(/^scrypt\$15\$8\$3\$[\w-]{22}\$[\w-]{43}$/);
  expect(await isPassword('correct horse', hash)).toBe(true);
  expect(await isPassword('correct horsE', hash)).toBe(false);
  for (const none of [null, 'scrypt$x', 'md5$a$b']) expect(await isPassword('x', none)).toBe(false);
  expect(isOutdated(hash)).toBe(false);
});

test('a hash of the time before parameters were stored is still right, and is outdated', async () => {
  const salt = randomBytes(16);
  const key = scryptSync('old', salt, 32, { N: 16384, r: 8, p: 1 });
  const hash = `scrypt$${salt.toString('base64url')}$${key.toString('base64url')}`;
  expect(await isPassword('old', hash)).toBe(true);
  expect(await isPassword('new', hash)).toBe(false);
  expect(isOutdated(hash)).toBe(true);
});

test('while passwords are hashed, files are read and other work goes on', async () => {
  const order: string[] = [];
  const hashing = Promise.all(Array.from({ length: 4 }, () => hashPassword('x'))).then(() => order.push('hashed'));
  await readFile(import.meta.filename);
  order.push('read');
  await hashing;
  expect(order).toEqual(['read', 'hashed']);
});
