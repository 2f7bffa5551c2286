// npm run worker: gets the media worker and prints where it is, for a server that is started without npm start.
import { ensureWorker } from './worker.mjs';

try {
  console.log(await ensureWorker());
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
