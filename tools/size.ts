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

/** Chunks that load together with these, except the ones that are already loaded. */
const beside = (keys: string[], known: Set<string>): Set<string> =>
  new Set([...files(reach(keys, (chunk) => chunk.imports ?? []))].filter((path) => !known.has(path)));
/** The small card of a call and the choice of a further person, fetched during a call. */
const isInCall = (key: string): boolean => key === 'src/ui/call/InCall.tsx';
/** What shows calls between users, fetched where the widget itself does that. */
const isCalls = (key: string): boolean =>
  !isInCall(key) && /^src\/(ui\/call\/|model\/callScreens|media\/ringTone|portal\/ui\/calls\/)/.test(key);
const isHome = (key: string): boolean => /^src\/portal\//.test(key) && !isCalls(key) && !isTranscription(key);
const isRecording = (key: string): boolean =>
  /^src\/((media|ui|model\/meeting)\/recording\/|platform\/recordUpload)/.test(key);
/** Menus, test and notes about camera, microphone and speaker, fetched beside the lobby or the meeting. */
const isDevices = (key: string): boolean => /^src\/(ui\/devices\/|media\/level)/.test(key);
/** What judges the user's line and shows how good it is, fetched once a meeting has been entered. */
const isQuality = (key: string): boolean => /^src\/(media|ui|model\/meeting)\/quality\//.test(key);
/** What chooses effects, and what makes them without its models; each is loaded when it is needed. */
const isEffects = (key: string): boolean => /^src\/(media|ui|model)\/effects\//.test(key);
/** The small window of the one who speaks. */
const isPip = (key: string): boolean => /^src\/ui\/pip\//.test(key);
/** What comes instead of a meeting, or over one on rare occasions. */
const isClosed = (key: string): boolean => /^src\/(ui\/ended\/|model\/hosting)/.test(key);
/** Captions and transcript, and what the home screen shows of recordings and transcripts. */
const isTranscription = (key: string): boolean =>
  /^src\/((ui|model\/meeting|portal\/ui)\/transcription|portal\/ui\/records)\//.test(key);
/** What opens over and beside the stage, fetched once the meeting is shown, the code that draws QR codes, and what checks a page's texts. */
const isOnDemand = (key: string): boolean => /\/(onDemand|ownTexts)\.ts$|node_modules\/uqr\//.test(key);
const later = [...all].filter((key) => !first.has(key) && manifest[key]?.isDynamicEntry);
const atOnce = files(first);
const ofMeeting = beside(
  later.filter(
    (key) =>
      !isHome(key) &&
      !isCalls(key) &&
      !isInCall(key) &&
      !isRecording(key) &&
      !isTranscription(key) &&
      !isQuality(key) &&
      !isEffects(key) &&
      !isPip(key) &&
      !isClosed(key) &&
      !isOnDemand(key) &&
      !isDevices(key),
  ),
  atOnce,
);
const onDemand = beside(later.filter(isOnDemand), new Set([...atOnce, ...ofMeeting]));
const ofHome = beside(later.filter(isHome), atOnce);
const ofCalls = beside(later.filter(isCalls), new Set([...atOnce, ...ofHome]));

/** A frame that waits for calls loads its page and what shows them; the whole widget comes when it rings. */
const receiver = read('receiver.manifest.json');
const ofReceiver = files(
  reach(['receiver.html', 'src/model/callScreens.ts'], (chunk) => chunk.imports ?? [], receiver),
  receiver,
);

const sizes: Record<string, number> = {
  'host SDK': Math.max(gzip('dist/sdk/rtcpeer.js'), gzip('dist/sdk/rtcpeer.global.js')),
  'host SDK, calls': gzip('dist/sdk/callFrame.js'),
  'host SDK, diagnosis': gzip('dist/sdk/diagnosis.js'),
  'one-line loader': gzip('dist/sdk/embed.js'),
  'widget first screen': total(files(first)) + gzip('dist/widget/index.html'),
  'media stack': total(ofMeeting),
  // The largest of these chunks, which come one by one.
  'meeting, on demand': Math.max(
    ...later.filter(isOnDemand).map((key) => total(beside([key], new Set([...atOnce, ...ofMeeting])))),
  ),
  devices: total(beside(later.filter(isDevices), atOnce)),
  'home screen': total(ofHome),
  calls: total(ofCalls),
  'during a call': total(beside(later.filter(isInCall), new Set([...atOnce, ...ofMeeting, ...ofCalls]))),
  'call receiver': total(ofReceiver) + gzip('dist/widget/receiver.html'),
  quality: total(beside(later.filter(isQuality), new Set([...atOnce, ...ofMeeting]))),
  effects: total(beside(later.filter(isEffects), new Set([...atOnce, ...ofMeeting]))),
  'small window': total(beside(later.filter(isPip), new Set([...atOnce, ...ofMeeting]))),
  recording: total(beside(later.filter(isRecording), new Set([...atOnce, ...ofMeeting]))),
  transcription: total(
    beside(later.filter(isTranscription), new Set([...atOnce, ...ofMeeting, ...onDemand, ...ofHome])),
  ),
};

for (const [name, size] of Object.entries(sizes)) {
  const budget = budgets[name] ?? 0;
  const over = size > budget;
  if (over) process.exitCode = 1;
  console.log(`${name.padEnd(20)} ${String(size).padStart(6)} B gzip of ${budget}${over ? '  over its budget' : ''}`);
}
