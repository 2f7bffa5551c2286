import { parseConfig } from './config.ts';
import { type Server, startServer } from './server.ts';

/** How long a stop may take, in ms: less than supervisors wait before they kill the process. */
const stopWithin = 8_000;

let server: Server | undefined;
let isStopping = false;
/** A server that is still starting has no clients to tell: what it has begun ends with the process. */
const stop = async (): Promise<void> => {
  if (isStopping) return;
  isStopping = true;
  setTimeout(() => {
    console.error('The server could not close everything in time; it ends now.');
    process.exit(1);
  }, stopWithin).unref();
  await server?.close();
  process.exit(0);
};
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, stop);
// A process that was started with a channel ends with the one that started it, even when that one was killed.
process.on('disconnect', stop);
if (process.connected === false) void stop();

try {
  server = await startServer(parseConfig(process.env));
} catch (error) {
  console.error(`The server cannot start: ${(error as Error).message}`);
  process.exit(1);
}
