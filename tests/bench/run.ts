import { cpus } from 'node:os';

/** npm run bench: measures figures together with their lower bounds in the same run. There are no limits to pass. */
const tool = (path: string) => import(new URL(`../../tools/${path}`, import.meta.url).href);
const { ensureBuilt, root } = await tool('setup.mjs');
process.chdir(root);

const ensureMedia = async (): Promise<void> => {
  const { ensureWorker } = await tool('worker/worker.mjs');
  process.env.MEDIASOUP_WORKER_BIN = await ensureWorker();
  ensureBuilt();
};

const parts: Record<string, () => Promise<void>> = {
  async pages() {
    await ensureMedia();
    await (await import('./pages.ts')).pageTimes();
  },
  async stage() {
    await ensureMedia();
    console.log('\nA stage of 25 tiles: processor time of the interface’s thread, and its frames');
    await (await import('./stage.ts')).stageLoad(25);
  },
  async room() {
    await ensureMedia();
    console.log('\nMessages and bytes on the socket of one participant in a room of 50');
    await (await import('./room.ts')).roomTraffic();
  },
  async camera() {
    await ensureMedia();
    console.log('\nWhat a camera sends');
    await (await import('./camera.ts')).cameraBits();
  },
  async packets() {
    await ensureMedia();
    console.log('\nCPU time of the server for each forwarded packet');
    await (await import('./packets.ts')).packetCost();
  },
  async calls() {
    const { ensureWorker } = await tool('worker/worker.mjs');
    process.env.MEDIASOUP_WORKER_BIN = await ensureWorker();
    console.log('\nSockets of users who can be called, and calls');
    await (await import('./calls.ts')).callCosts();
  },
  async answer() {
    await ensureMedia();
    console.log('\nFrom answering a call to the first decoded video frame of the other side');
    await (await import('./answer.ts')).answerTimes();
  },
  async recording() {
    console.log('\nRecording on the server');
    await (await import('./recording.ts')).recordingCost();
  },
  async localRecording() {
    console.log('\nAn hour recorded on the device, delivered as fast as it is stored');
    await (await import('./localRecording.ts')).localRecordingMemory();
  },
  async lists() {
    console.log('\nOne page of each list, with a small and with a large database');
    await (await import('./lists.ts')).listTimes();
  },
  async speech() {
    await ensureMedia();
    console.log('\nFrom the spoken word to onTranscription, recognised by pocketsphinx');
    await (await import('./speech.ts')).speechDelay();
  },
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !Object.hasOwn(parts, name));
if (unknown) {
  console.error(`There is no part "${unknown}"; there are ${Object.keys(parts).join(', ')}.`);
  process.exit(2);
}
console.log(`${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}`);
for (const [name, run] of Object.entries(parts)) if (wanted.length === 0 || wanted.includes(name)) await run();
