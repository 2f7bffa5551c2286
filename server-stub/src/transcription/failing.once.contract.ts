import { expect, test } from 'vitest';
import { freePort } from '../testing/freePort.ts';
import { type Json, startTestServer } from '../testing/harness.ts';
import { joinWithMedia, Source } from '../testing/mediaClient.ts';
import { meetingWithVoice } from '../testing/meetingWithVoice.ts';
import { speak } from '../testing/speech.ts';
import { serveFunasr } from '../testing/speechServers.ts';
import { makePocketsphinx } from './engines/pocketsphinx.ts';

const hello = speak('hello everybody');
const meeting = speak('the meeting starts now');

test('[3.28] an engine that fails, and more speech than it may take, hold nothing up: what was not transcribed is said', {
  timeout: 120_000,
}, async () => {
  const port = await freePort();
  const server = await startTestServer({
    ...{ TRANSCRIBE_ENGINE: 'funasr', TRANSCRIBE_URL: `ws://127.0.0.1:${port}` },
    ...{ TRANSCRIBE_AT_ONCE: '1', TRANSCRIBE_ANSWER_MS: '60000' },
  });
  const recogniser = makePocketsphinx({
    ...{ python: '/usr/bin/python3', model: '/usr/share/pocketsphinx/model/en-us', processes: 1 },
  });
  const { owner, bob, source, roomId } = await meetingWithVoice(server);
  const carol = await joinWithMedia(server, 'Carol', { roomId });
  const other = await new Source('audio').start(carol);
  const gap = (reason: string) =>
    owner.event('meeting.onTranscriptionGap', (event: Json) => event.reason === reason, 40_000);
  try {
    await other.say([]);
    await owner.call('meeting.transcribe', { action: 'start' });
    // Nothing listens there.
    await source.say(hello.frames);
    await owner.event('meeting.onTranscribe', ({ problem }: Json) => problem === 'unreachable', 40_000);
    expect(await gap('unreachable')).toMatchObject({
      client: { name: 'Bob' },
      bg: expect.stringMatching(/^\d+$/),
      ed: expect.stringMatching(/^\d+$/),
    });
    // It is there now; the second of two who speak at once is one too many.
    const engine = await serveFunasr(recogniser, port);
    owner.events.length = 0;
    await Promise.all([source.say(meeting.frames), other.say(meeting.frames)]);
    await gap('overloaded');
    await owner.event('meeting.onTranscription', ({ data }: Json) => data.onebest === 'the meeting starts now', 40_000);
    await owner.event('meeting.onTranscribe', ({ problem }: Json) => problem === null, 40_000);
    expect(JSON.parse(JSON.parse(engine.texts[0] as string).hotwords)).toEqual({
      ...{ Alice: 20, Bob: 20, Carol: 20, Fresh: 20 },
    });
    const { lines } = await owner.call('meeting.getTranscript');
    expect(lines.map((line: Json) => line.lost ?? line.onebest).toSorted()).toEqual([
      ...['overloaded', 'the meeting starts now', 'unreachable'],
    ]);
    await engine.close();
  } finally {
    source.stop();
    other.stop();
    await Promise.all([bob.close(), carol.close()]);
    await server.close();
    recogniser.close();
  }
});
