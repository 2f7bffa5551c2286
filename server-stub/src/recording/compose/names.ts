import { type Label, size } from './layout.ts';

/** Replaces characters with a meaning in the format by similar ones. */
const plain = (text: string): string =>
  text.replaceAll('\\', '＼').replaceAll('{', '｛').replaceAll('}', '｝').replace(/\s+/g, ' ').trim();

/** Ends a text with dots where it is wider than `width`, in heights of a sign: a Chinese one is as wide as high, a Latin one about half. */
const shortened = (text: string, width: number): string => {
  let left = width;
  const fits = [...text].filter((sign) => {
    left -= (sign.codePointAt(0) ?? 0) < 0x1100 ? 0.6 : 1;
    return left >= 0;
  });
  return fits.length < [...text].length ? `${fits.slice(0, -1).join('')}…` : text;
};

/** Height of a name in the whole frame, in pixels, and in a smaller box at least. */
const heights = { card: [64, 22], corner: [26, 16] } as const;

/**
 * Subtitles in the format ASS that show names for the whole shot: large in the middle of a card, or small in the corner of a video.
 * libass finds fonts for all scripts that are installed.
 */
export const nameCaptions = (labels: readonly (Label & { name: string })[]): string => {
  const style = (label: string, rest: string) => `Style: ${label},sans-serif,${rest}`;
  const events = labels.map(({ name, box, isCard }) => {
    const [whole, least] = isCard ? heights.card : heights.corner;
    const height = Math.max(least, Math.round((whole * box.width) / size.width));
    const text = shortened(plain(name), ((isCard ? 0.9 : 0.7) * box.width) / height);
    const margin = Math.round((24 * box.width) / size.width);
    const place = isCard
      ? `\\an5\\pos(${box.x + box.width / 2},${box.y + box.height / 2})`
      : `\\an1\\pos(${box.x + margin},${box.y + box.height - margin})`;
    return `Dialogue: 0,0:00:00.00,9:59:59.99,${isCard ? 'card' : 'corner'},0,0,0,{${place}\\fs${height}}${text}`;
  });
  return `[Script Info]
ScriptType: v4.00+
PlayResX: ${size.width}
PlayResY: ${size.height}
WrapStyle: 2
ScaledBorderAndShadow: yes

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, OutlineColour, BackColour, Bold, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV
${style('card', '64,&H00F2F2F2,&H00000000,&H00000000,0,1,0,0,5,0,0,0')}
${style('corner', '26,&H00FFFFFF,&H70000000,&H70000000,0,3,7,0,1,0,0,0')}

[Events]
Format: Layer, Start, End, Style, MarginL, MarginR, MarginV, Text
${events.join('\n')}
`;
};
