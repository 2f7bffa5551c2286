import { expect, test } from 'vitest';
import { snapshotOf } from '../testing.ts';
import { Seat } from './seat.ts';

test('a follower hears of each change of the seat until it ends', () => {
  const seat = new Seat();
  const heard: string[] = [];
  const follow = (name: string) =>
    seat.follow({
      taken: (snapshot, before) => heard.push(`${name} ${before} ${snapshot.client.id}`),
      left: (reason, selfId) => heard.push(`${name} ${reason} ${selfId}`),
    });
  const end = follow('first');
  follow('second');
  seat.take(snapshotOf(1));
  end();
  end();
  seat.take(snapshotOf(2));
  seat.leave('kicked');
  expect(heard).toEqual(['first null 1', 'second null 1', 'second 1 2', 'second kicked 2']);
});
