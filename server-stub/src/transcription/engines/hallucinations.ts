/** A segment of an answer in OpenAI's form. */
export type Segment = {
  text: string;
  no_speech_prob?: number | undefined;
  avg_logprob?: number | undefined;
  compression_ratio?: number | undefined;
};

/** Thresholds of Whisper itself: a segment that is probably silence and of which the model is unsure, and one that repeats itself. */
const silent = 0.6;
const unsure = -1;
const repeated = 2.4;

/**
 * Texts that Whisper models write in silence: they come from the ends of the videos that the models were trained on. Only whole segments
 * are compared, so that the same words within a sentence are kept.
 */
const learnt = [
  /^(thanks|thank you)( so much| very much)? for (watching|listening|viewing)( this video)?$/,
  /^(please )?(like and )?subscribe( to (my|our|the) channel)?$/,
  /^(see you|i'll see you) (in the )?next (time|video|one)$/,
  /^(subtitles?|captions?|transcription|translated?|subtitled) by\b.*$/,
  /amara\.org/,
  /^请?不吝点赞/,
  /^(谢谢|感谢)(大家)?(的)?(观看|收看|收听)$/,
  /^(请|記得|记得)?(点赞|订阅|關注|关注).*(频道|頻道|转发|打赏|支持)/,
  /^字幕(由|by|制作|製作|志愿者|提供)/,
  /^(明镜|明鏡)(与|與)(点点|點點)栏目$/,
  /^\[?(music|applause|silence|blank_audio|音乐|音樂|掌声)\]?$/,
];
const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[.。!！?？,，、♪…()（）]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** True for text that a Whisper model has made up, as far as that can be told. */
export const isHallucination = (
  { text, no_speech_prob = 0, avg_logprob = 0, compression_ratio = 1 }: Segment,
  hotWords: readonly string[],
): boolean => {
  const said = plain(text);
  if (said === '') return true;
  if (no_speech_prob > silent && avg_logprob < unsure) return true;
  if (compression_ratio > repeated) return true;
  // In silence models also repeat the prompt, which is the hot words.
  if (hotWords.length > 1 && said === plain(hotWords.join(', '))) return true;
  return learnt.some((one) => one.test(said));
};
