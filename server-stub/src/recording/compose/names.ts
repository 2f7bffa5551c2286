import { size } from './video.ts';

/** Signs that have a meaning in the format get a look-alike. */
const plain = (text: string): string =>
  text.replaceAll('\\', '＼').replaceAll('{', '｛').replaceAll('}', '｝').replace(/\s+/g, ' ').trim();

const shortened = (text: string, most: number): string => {
  const signs = [...text];
  return signs.length > most ? `${signs.slice(0, most - 1).join('')}…` : text;
};

/**
 * Subtitles in the format ASS that show a name for the whole shot: large in the middle of a card, or small in the corner of a video.
 * libass finds fonts for all scripts that are installed.
 */
export const nameCaptions = (name: string, place: 'card' | 'corner'): string => {
  const text = shortened(plain(name), place === 'card' ? 40 : 60);
  const style = (label: string, rest: string) => `Style: ${label},sans-serif,${rest}`;
  return `[Script Info]
ScriptType: v4.00+
PlayResX: ${size.width}
PlayResY: ${size.height}
WrapStyle: 0
ScaledBorderAndShadow: yes

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, OutlineColour, BackColour, Bold, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV
${style('card', '64,&H00F2F2F2,&H00000000,&H00000000,0,1,0,0,5,80,80,0')}
${style('corner', '26,&H00FFFFFF,&H70000000,&H70000000,0,3,7,0,1,24,320,24')}

[Events]
Format: Layer, Start, End, Style, MarginL, MarginR, MarginV, Text
Dialogue: 0,0:00:00.00,9:59:59.99,${place},0,0,0,${text}
`;
};
