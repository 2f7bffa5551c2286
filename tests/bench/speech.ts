import { type Json, startTestServer } from '../../server-stub/src/testing/harness.ts';
import { meetingWithVoice } from '../../server-stub/src/testing/meetingWithVoice.ts';
import { speak } from '../../server-stub/src/testing/speech.ts';
import { makePocketsphinx } from '../../server-stub/src/transcription/engines/pocketsphinx.ts';

const sentence = 'hello everybody the meeting starts now';
const times = 8;

const middle = (values: readonly number[]): string => {
  const sorted = values.toSorted((a, b) => a - b);
  return `${Math.round(sorted[Math.floor(sorted.length / 2)] ?? Number.NaN)} ms (at most ${Math.round(sorted.at(-1) ?? Number.NaN)})`;
};

/** What the recogniser alone takes for the rest of the sentence, when it gets the audio as fast as it is spoken. */
const alone = async (samples: Int16Array): Promise<number[]> => {
  const engine = makePocketsphinx({
    ...{ python: '/usr/bin/python3', model: '/usr/share/pocketsphinx/model/en-us', processes: 1 },
  });
  const delays: number[] = [];
  for (let round = 0; round <= times; round++) {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    const hearing = engine.open(
      { hotWords: [] },
      { interim: () => {}, final: () => resolve(performance.now()), done: () => {}, failed: reject },
    );
    const from = performance.now();
    for (let at = 0; at < samples.length; at += 320) {
      hearing.push(samples.subarray(at, at + 320));
      const ahead = from + at / 16 - performance.now();
      if (ahead > 0) await new Promise((done) => setTimeout(done, ahead));
    }
    const end = performance.now();
    hearing.end();
    // The first one also starts the process.
    if (round > 0) delays.push((await promise) - end);
    else await promise;
  }
  engine.close();
  return delays;
};

/** From the spoken word to `onTranscription`: through packets, the server, the recogniser, and back to another participant. */
export const speechDelay = async (): Promise<void> => {
  const { frames, samples } = speak(sentence);
  const server = await startTestServer({
    ...{ TRANSCRIBE_ENGINE: 'pocketsphinx', TRANSCRIBE_LANGUAGE: 'en', TRANSCRIBE_ANSWER_MS: '60000' },
  });
  const [first, rest]: [number[], number[]] = [[], []];
  try {
    const { owner, bob, source } = await meetingWithVoice(server);
    await owner.call('meeting.transcribe', { action: 'start' });
    for (let round = 0; round <= times; round++) {
      const from = performance.now();
      const interim = owner.event('meeting.onTranscription', ({ data }: Json) => data.var !== undefined, 60_000);
      const final = owner.event('meeting.onTranscription', ({ data }: Json) => Boolean(data.onebest), 60_000);
      const heardAt = interim.then(() => performance.now());
      const finalAt = final.then(() => performance.now());
      const end = await source.say(frames);
      if (round > 0) {
        first.push((await heardAt) - from);
        rest.push((await finalAt) - end);
      } else await Promise.all([heardAt, finalAt]);
      owner.events.length = 0;
      await source.sends(50);
    }
    source.stop();
    await bob.close();
  } finally {
    await server.close();
  }
  console.log(`  the recogniser alone, from the last word to its sentence   ${middle(await alone(samples))}`);
  console.log(`  from the last word to onTranscription with the sentence    ${middle(rest)}`);
  console.log(`  from the first sound to the first interim text             ${middle(first)}`);
};
