import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Data, openData } from '../testing/data.ts';
import { makeUsers } from './users.ts';

let data: Data;
beforeAll(async () => {
  data = await openData();
});
afterAll(() => data.close());

test('[2.26] names are searched by prefix, whatever characters they contain', async () => {
  const users = makeUsers(data.store);
  const company = await data.rows.company('Names');
  const asker = await data.user({ companyId: company, account: 'zz', name: 'ZZ' });
  for (const name of ['Émile', 'émilie', 'Anna', 'ANNABEL', 'an', '李小龙', '李明', 'a_b', 'a%b', '😀 smile', 'a\\b'])
    await data.rows.user({ companyId: company, name });
  await data.rows.user({ companyId: company, name: 'Anna, gone', deletedAt: 1 });
  const found = async (name: string) => {
    const { users: page, totalCount } = await users.search({ orgId: company, name, offset: 0, size: 50 }, asker);
    expect(totalCount).toBe(page.length);
    return page.map((user) => user.name);
  };
  expect(await found('anna')).toEqual(['Anna', 'ANNABEL']);
  expect(await found('AN')).toEqual(['Anna', 'ANNABEL', 'an']);
  expect(await found('李')).toEqual(['李小龙', '李明']);
  expect(await found('É')).toEqual(['Émile']);
  expect(await found('a_')).toEqual(['a_b']);
  expect(await found('a%')).toEqual(['a%b']);
  expect(await found('a\\')).toEqual(['a\\b']);
  expect(await found('😀')).toEqual(['😀 smile']);
  expect(await found("'; drop table user; --")).toEqual([]);
});
