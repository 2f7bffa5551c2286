import { once } from 'node:events';
import { parseConfig } from '../config.ts';
import { seedDemo } from '../store/demo.ts';
import { openStore } from '../store/store.ts';

/** The process that `openAtOnce` starts: opens the database when it is told to. */
const config = parseConfig(process.env);
process.send?.('ready');
await once(process, 'message');
try {
  const store = await openStore(config);
  await seedDemo(store, []);
  const rooms = await store.selectFrom('room').select('id').execute();
  console.log(`opened, ${rooms.length} rooms`);
  await store.destroy();
} catch (error) {
  console.log(`failed: ${(error as Error).stack}`);
}
process.disconnect();
