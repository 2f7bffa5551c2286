import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { open, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { type Command, type JournalEntry, journalFile, type Report } from '../journal.ts';
import { Capture, now } from './capture.ts';

/**
 * The process that captures one recording: `node main.ts <folder> <bytes to leave free>`. It gets journal entries over IPC, and ends with
 * an entry `stop`, or when the server is gone. A crash here harms no meeting; a crash of the server leaves this process time to close its
 * files.
 */
const writeEvery = 200;
const syncEvery = 2000;
const lookAtDiskEvery = 10_000;
/** More bytes than this wait only when the disk does not write. */
const mostHeld = 64 * 1024 * 1024;
/** Size of the receive buffer: packets that arrive while this process does not get the CPU must fit. The kernel may limit it further. */
const receiveBuffer = 4 * 1024 * 1024;

const [folder = '.', leaveFree = '0'] = process.argv.slice(2);

const say = (report: Report): void => {
  if (process.connected) process.send?.(report);
};

const journal = await open(join(folder, journalFile), 'a', 0o600);
const socket = createSocket('udp4');
socket.bind(0, '127.0.0.1');
await once(socket, 'listening');
socket.setRecvBufferSize(receiveBuffer);
const capture = new Capture(socket, folder);

let isEnding = false;
const end = async (code: number): Promise<void> => {
  if (isEnding) return;
  isEnding = true;
  try {
    await capture.close();
    await journal.datasync();
  } finally {
    process.exit(code);
  }
};
const failed = (error: NodeJS.ErrnoException): void => {
  const isFull = error.code === 'ENOSPC' || error.code === 'EDQUOT';
  say({ failed: error.message, isFull });
  void end(1);
};

let noting: Promise<unknown> = Promise.resolve();
const note = (entry: JournalEntry): void => {
  const line = `${JSON.stringify({ at: now(), ...entry })}\n`;
  noting = noting.then(() => journal.appendFile(line));
  noting.catch(failed);
};

process.on('message', ({ entries }: Command) => {
  for (const entry of entries) {
    note(entry);
    if (entry.type === 'track') capture.add(entry);
    if (entry.type === 'closed') capture.remove(entry.track).catch(failed);
    if (entry.type === 'stop') noting.then(() => end(0), failed);
  }
});
process.on('disconnect', () => void end(0));
// Signals of a terminal reach the whole group; the server says when to end.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);

setInterval(() => {
  capture.write().catch(failed);
  if (capture.held > mostHeld) failed(new Error('The disk is too slow.'));
}, writeEvery);
setInterval(() => {
  capture.sync().catch(failed);
  journal.datasync().catch(failed);
}, syncEvery);
const lookAtDisk = async (): Promise<void> => {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < Number(leaveFree)) failed(Object.assign(new Error('The disk is full.'), { code: 'ENOSPC' }));
};
setInterval(() => void lookAtDisk().catch(failed), lookAtDiskEvery);

say({ ready: socket.address().port });
