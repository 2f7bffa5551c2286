import * as z from 'zod';

export type ChatOptions = {
  /** Base address, such as `http://llm.example:8000/v1`. */
  url: string;
  key: string | undefined;
  model: string;
  /** Milliseconds. */
  answerWithin: number;
};
export type Wanted = {
  text: string;
  /** Language of the answer, BCP 47. */
  to: string;
  /** The sentences before, with their speakers. */
  before: readonly string[];
};
/** Translates a sentence. Rejects when the engine fails or does not answer in time. */
export type Translate = (wanted: Wanted) => Promise<string>;

/** Longest answer that is read, in bytes, and taken, in characters. */
const mostBytes = 64 * 1024;
const longestText = 4000;

const answer = z.object({ choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1) });
/** Models that write down their reasoning put it before the answer. */
const reasoning = /^[\s\S]*<\/think>/;

const languageNames = new Intl.DisplayNames('en', { type: 'language' });
const instructions = ({ to, before }: Wanted): string =>
  [
    `You interpret a meeting. Translate what the user says into ${languageNames.of(to)} (${to}). Answer with the translation alone, without quotes or remarks. What is already in that language stays as it is.`,
    ...(before.length ? [`What was said before, for context only:\n${before.join('\n')}`] : []),
  ].join('\n\n');

const read = async (body: ReadableStream<Uint8Array>): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > mostBytes) throw new Error('The answer is too long.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

/** A server with OpenAI's `POST /chat/completions`: OpenAI, DeepSeek, Qwen, vLLM, Ollama and others. */
export const makeOpenaiChat =
  ({ url, key, model, answerWithin }: ChatOptions): Translate =>
  async (wanted) => {
    const response = await fetch(`${url.replace(/\/$/, '')}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(key && { authorization: `Bearer ${key}` }) },
      body: JSON.stringify({
        model,
        temperature: 0,
        stream: false,
        messages: [
          { role: 'system', content: instructions(wanted) },
          { role: 'user', content: wanted.text },
        ],
      }),
      redirect: 'error',
      signal: AbortSignal.timeout(answerWithin),
    });
    if (!response.ok || !response.body) {
      await response.body?.cancel();
      throw new Error(`status ${response.status}`);
    }
    const { choices } = answer.parse(JSON.parse(await read(response.body)));
    const text = (choices[0]?.message.content ?? '')
      .replace(reasoning, '')
      .replace(/\p{Cc}+/gu, ' ')
      .trim();
    if (text === '') throw new Error('The answer is empty.');
    return text.slice(0, longestText);
  };
