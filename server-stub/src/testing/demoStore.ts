import { afterEach, beforeEach } from 'vitest';
import { seedDemo } from '../store/demo.ts';
import { openStore, type Store } from '../store/store.ts';
import { temporaryFolder } from './folder.ts';

/** The database of the test, and the folder that it lies in, once `eachWithDemo` was called. */
export let store: Store;
export let folder: ReturnType<typeof temporaryFolder>;

/** A database of its own with the data of the demo for each test of a file. */
export const eachWithDemo = (): void => {
  beforeEach(async () => {
    folder = temporaryFolder();
    store = await openStore({ DATA_DIR: folder.path });
    await seedDemo(store, []);
  });
  afterEach(async () => {
    await store.destroy();
    folder[Symbol.dispose]();
  });
};
