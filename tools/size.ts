import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

/** Compressed sizes of what browsers load, against the budgets in package.json. */
type Chunk = {
  file: string;
  isEntry?: boolean;
  imports?: string[];
  dynamicImports?: string[];
  css?: string[];
  name?: string;
  isDynamicEntry?: boolean;
};

const gzip = (path: string): number => gzipSync(readFileSync(path), { level: 9 }).length;
const read = (name: string) => JSON.parse(readFileSync(`dist/widget/${name}`, 'utf8')) as Record<string, Chunk>;
const manifest = read('manifest.json');
const budgets = JSON.parse(readFileSync('package.json', 'utf8')).budgets as Record<string, number>;

const reach = (keys: string[], follow: (chunk: Chunk) => string[], chunks = manifest): Set<string> => {
  const seen = new Set<string>();
  const visit = (key: string): void => {
    const chunk = chunks[key];
    if (!chunk || seen.has(key)) return;
    seen.add(key);
    for (const next of follow(chunk)) visit(next);
  };
  for (const key of keys) visit(key);
  return seen;
};

const entries = Object.keys(manifest).filter((key) => manifest[key]?.isEntry);
const first = reach(entries, (chunk) => chunk.imports ?? []);
const all = reach(entries, (chunk) => [...(chunk.imports ?? []), ...(chunk.dynamicImports ?? [])]);
const files = (keys: Iterable<string>, chunks = manifest): Set<string> =>
  new Set([...keys].flatMap((key) => [chunks[key]?.file ?? '', ...(chunks[key]?.css ?? [])]).filter(Boolean));
const total = (paths: Set<string>): number => [...paths].reduce((sum, path) => sum + gzip(`dist/widget/${path}`), 0);

/** A frame that waits for calls loads its page and what shows them; the whole widget comes when it rings. */
const receiver = read('receiver.manifest.json');
const ofReceiver = files(
  reach(['receiver.html', 'src/model/callScreens.ts'], (chunk) => chunk.imports ?? [], receiver),
  receiver,
);

/**
 * Parts of the widget that are fetched later, by the files that begin them, each beside the parts it comes `after`; the first that
 * matches counts. Of `isOneByOne` parts, which users open one after another, the largest counts.
 */
const parts: { name: string; files: RegExp; after?: string[]; isOneByOne?: true }[] = [
  // The small card of a call and the choice of a further person.
  { name: 'during a call', files: /ui\/call\/InCall/, after: ['media stack', 'calls'] },
  { name: 'calls', files: /ui\/call(s)?\/|model\/callScreens|media\/ringTone/, after: ['home screen'] },
  {
    name: 'transcription',
    files: /\/transcription\//,
    after: ['media stack', 'meeting, on demand', 'home screen'],
  },
  { name: 'home screen', files: /portal\/portal/ },
  { name: 'home screen, on demand', files: /portal\//, after: ['home screen'], isOneByOne: true },
  { name: 'recording', files: /\/recording\/|platform\/recordUpload/, after: ['media stack', 'meeting, on demand'] },
  // Menus, test and notes about camera, microphone and speaker, fetched beside the lobby or the meeting.
  { name: 'devices', files: /ui\/devices\/|media\/level/ },
  // What judges the user's line and shows how good it is, fetched once a meeting has been entered.
  { name: 'quality', files: /\/quality\//, after: ['media stack'] },
  // What chooses effects and what makes them, without its models.
  { name: 'effects', files: /\/effects\//, after: ['media stack'] },
  { name: 'small window', files: /ui\/pip\//, after: ['media stack'] },
  // Files, emoji and drafts of the chat, whose panel is there by then.
  { name: 'chat, on demand', files: /ui\/chat\//, after: ['media stack', 'meeting, on demand'] },
  { name: 'media stack', files: /media\/session|ui\/meeting\/Meeting|view\/brandStyle/ },
  // What opens over and beside the stage, comes instead of a meeting, or is needed by few pages.
  { name: 'meeting, on demand', files: /./, after: ['media stack'], isOneByOne: true },
];

const later = [...all].filter((key) => !first.has(key) && manifest[key]?.isDynamicEntry);
const beginnings = Map.groupBy(later, (key) => parts.find((part) => part.files.test(key))?.name);
/** What loads with these chunks. */
const loaded = (keys: string[]): Set<string> => files(reach(keys, (chunk) => chunk.imports ?? []));
const sizeOfPart = ({ name, after = [], isOneByOne }: (typeof parts)[number]): number => {
  const keys = beginnings.get(name) ?? [];
  const there = loaded([...first, ...after.flatMap((part) => beginnings.get(part) ?? [])]);
  const sizeBeside = (begun: string[]): number => total(new Set([...loaded(begun)].filter((file) => !there.has(file))));
  return isOneByOne ? Math.max(0, ...keys.map((key) => sizeBeside([key]))) : sizeBeside(keys);
};

const sizes: Record<string, number> = {
  'host SDK': Math.max(gzip('dist/sdk/rtcpeer.js'), gzip('dist/sdk/rtcpeer.global.js')),
  'host SDK, calls': gzip('dist/sdk/callFrame.js'),
  'host SDK, diagnosis': gzip('dist/sdk/diagnosis.js'),
  'one-line loader': gzip('dist/sdk/embed.js'),
  'widget first screen': total(files(first)) + gzip('dist/widget/index.html'),
  'call receiver': total(ofReceiver) + gzip('dist/widget/receiver.html'),
  ...Object.fromEntries(parts.map((part) => [part.name, sizeOfPart(part)])),
};

for (const [name, size] of Object.entries(sizes)) {
  const budget = budgets[name] ?? 0;
  const over = size > budget;
  if (over) process.exitCode = 1;
  console.log(`${name.padEnd(22)} ${String(size).padStart(6)} B gzip of ${budget}${over ? '  over its budget' : ''}`);
}
