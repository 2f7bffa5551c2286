import { type Config, parseConfig, secretNames } from './config.ts';
import { startServer } from './server.ts';

/** How long a stop may take, in ms: less than supervisors wait before they kill the process. */
const stopWithin = 8_000;

let config: Config;
try {
  config = parseConfig(process.env);
  // What this process starts, such as media workers, inherits the environment.
  for (const name of secretNames) delete process.env[name];
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}

try {
  const server = await startServer(config);
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => {
      console.error('The server does not stop in an orderly way; it ends now.');
      process.exit(1);
    }, stopWithin).unref();
    await server.close();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, stop);
  // A process that was started with a channel ends with the one that started it, even when that one was killed.
  if (process.connected) process.on('disconnect', stop);
} catch (error) {
  console.error(`The server cannot start: ${(error as Error).message}`);
  process.exit(1);
}
