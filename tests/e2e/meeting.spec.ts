import { expect, hears, sees, test, throughLobby } from './support/people.ts';

test.setTimeout(120_000);

test('[3.1] [3.4] [3.5] three people on three kinds of page see and hear one another', async ({ join }) => {
  const alice = await join('alice', { path: '/oneline/' });
  const bob = await join('bob', { path: '/white-label/' });
  const carol = await join('carol', { path: '/api/?room=1012&name=carol' });
  const frames = {
    alice: await throughLobby(alice),
    bob: await throughLobby(bob),
    carol: await carol.widget(),
  };
  await carol.page.evaluate(async () => {
    const { rtcPeer } = window as never as { rtcPeer: import('@meetframe/host-sdk').RTCPeer };
    await rtcPeer.meeting.enter({ roomId: 1012, username: 'carol' });
    await rtcPeer.meeting.publish({ audio: true, video: true });
  });
  const names = ['alice', 'bob', 'carol'] as const;
  for (const me of names)
    for (const other of names.filter((name) => name !== me)) {
      await expect.poll(() => sees(frames[me], other), { message: `${me} sees ${other}` }).toBe(true);
      await expect.poll(() => hears(frames[me], other), { message: `${me} hears ${other}` }).toBe(true);
    }
});
