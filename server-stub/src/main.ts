import { type Config, parseConfig } from './config.ts';
import { startServer } from './server.ts';

/** How long a stop may take, in ms: less than supervisors wait before they kill the process. */
const stopWithin = 8_000;

let config: Config;
try {
  config = parseConfig(process.env);
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
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
} catch (error) {
  console.error(`The server cannot start: ${(error as Error).message}`);
  process.exit(1);
}
