import { createHash, createHmac } from 'node:crypto';
import * as z from 'zod';
import { type Engine, EngineError, sampleRate } from './engine.ts';
import { openSocketHearing } from './socketHearing.ts';

/** 40 ms, as the service demands. */
const piece = (sampleRate * 2 * 40) / 1000;

const envelope = z.object({
  action: z.string(),
  code: z.union([z.string(), z.number()]).transform(String),
  data: z.string().optional(),
  desc: z.string().optional(),
});
const result = z.object({
  cn: z.object({
    st: z.object({
      bg: z.string(),
      ed: z.string(),
      type: z.string(),
      rt: z.array(z.object({ ws: z.array(z.object({ cw: z.array(z.object({ w: z.string() })) })) })),
    }),
  }),
  ls: z.boolean().optional(),
});

export type IflytekOptions = { url: string; appId: string; key: string; verify: boolean };

/** The signed address: base64(HMAC-SHA1(key, MD5(appId + ts))). `now` in ms since 1970. */
const signedUrl = ({ url, appId, key }: Omit<IflytekOptions, 'verify'>, now: number): string => {
  const ts = String(Math.floor(now / 1000));
  const digest = createHash('md5').update(`${appId}${ts}`).digest('hex');
  const signed = new URL(url);
  signed.searchParams.set('appid', appId);
  signed.searchParams.set('ts', ts);
  signed.searchParams.set('signa', createHmac('sha1', key).update(digest).digest('base64'));
  return signed.href;
};

/**
 * iFlytek's real-time transcription (RTASR), in the cloud or at the company's own. `url` may carry parameters of the service, such as
 * `?lang=en&pd=finance`. Of `st`, type 0 is a finished sentence and 1 an interim one; both are whole texts.
 */
export const makeIflytek = ({ verify, ...options }: IflytekOptions): Engine => ({
  name: 'iflytek',
  longest: 60_000,
  open(_, listener) {
    return openSocketHearing(
      {
        url: signedUrl(options, Date.now()),
        verify,
        piece,
        farewell: '{"end": true}',
        answer(text, { finish }) {
          const { action, code, data, desc } = envelope.parse(JSON.parse(text));
          if (action === 'error' || code !== '0') throw new EngineError('refused', `code ${code} ${desc ?? ''}`);
          if (action !== 'result' || !data) return;
          const { cn, ls } = result.parse(JSON.parse(data));
          const { bg, ed, type, rt } = cn.st;
          const said = rt.flatMap(({ ws }) => ws.map(({ cw }) => cw[0]?.w ?? '')).join('');
          if (type === '0') listener.final(said, { start: Number(bg), end: Number(ed) || Number.NaN });
          else listener.interim(said);
          if (ls) finish();
        },
      },
      listener,
    );
  },
  close: () => undefined,
});
