import type { AppModel } from '../model/compose.ts';
import type { TextParams } from './fill.ts';
import type { TextKey } from './i18n.ts';

type Quality = Pick<AppModel['meeting']['quality'], 'lines' | 'poor'>;
type Line = NonNullable<ReturnType<NonNullable<Quality['lines']['value']>['of']>['value']>;
type Words = { key: TextKey; params?: TextParams };
type Figure = { key: TextKey; text: string };
type Side = { title: TextKey | undefined; grade: Line['steady']; reason: Words | undefined; figures: Figure[] };
/** What a quality sign says: its grade, and more on what the user sends and receives, or on what comes from a participant. */
export type ShownQuality = { grade: Line['steady']; sides: Side[]; note: TextKey | undefined };

const reasonOf = ({ reason, figures: { loss, rtt, available } }: Line): Words | undefined => {
  if (reason === 'loss') return { key: 'quality.loss', params: { value: loss ?? 0 } };
  if (reason === 'narrow') return { key: 'quality.narrow', params: { value: available ?? 0 } };
  if (reason === 'delay')
    return (rtt ?? 0) >= 500 ? { key: 'quality.delay', params: { value: rtt ?? 0 } } : { key: 'quality.buffer' };
  return reason && { key: `quality.${reason}` };
};

const figuresOf = ({ figures }: Line): Figure[] => {
  const { loss, rtt, available, buffer, frozen, gaps, kbps, fps, width, height } = figures;
  const all: [TextKey, number | undefined, string][] = [
    ['quality.figure.loss', loss, `${loss} %`],
    ['quality.figure.rtt', rtt, `${rtt} ms`],
    ['quality.figure.available', available, `${available} kbit/s`],
    ['quality.figure.buffer', buffer, `${buffer} ms`],
    ['quality.figure.gaps', gaps, `${gaps} %`],
    ['quality.figure.frozen', frozen, `${frozen} %`],
    ['quality.figure.rate', kbps, `${kbps} kbit/s`],
    ['quality.figure.video', width || undefined, `${width} × ${height}, ${fps} fps`],
  ];
  return all.filter(([, value]) => value !== undefined).map(([key, , text]) => ({ key, text }));
};

const sideOf = (line: Line | undefined, title?: TextKey, isPoor = false): Side => {
  const grade = line?.steady ?? 'good';
  return {
    title,
    grade: isPoor && grade === 'good' ? 'weak' : grade,
    reason: line && grade !== 'good' ? reasonOf(line) : undefined,
    figures: line ? figuresOf(line) : [],
  };
};

/** `clientId`: of a participant; `undefined`: of the user's own line. Reads signals. */
export const qualityOf = (quality: Quality, clientId: number | undefined): ShownQuality | undefined => {
  const lines = quality.lines.value;
  if (!lines) return undefined;
  if (clientId !== undefined) {
    const line = lines.of(clientId).value;
    return line && { grade: line.steady, sides: [sideOf(line)], note: undefined };
  }
  const own = lines.own.value;
  if (!own) return undefined;
  const { upload, download } = quality.poor.value;
  const sides = [
    ...(own.upload || upload ? [sideOf(own.upload, 'quality.upload', upload)] : []),
    sideOf(own.download, 'quality.download', download),
  ];
  const grade = (['bad', 'weak'] as const).find((each) => sides.some((side) => side.grade === each)) ?? 'good';
  const { videos } = own;
  return { grade, sides, note: videos === 'full' ? undefined : `quality.${videos}` };
};
