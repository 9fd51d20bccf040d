import { createRequire } from 'node:module';
import { systemClock } from '../../../src/kernel/clock.ts';
import { STREAM_PREFIXES } from '../../../src/domain/catalogue.ts';
import { openEventStoreDbStore } from '../../../src/store/eventstoredb.ts';

/** Says whether the client is loaded: once the adapter is imported, and once a store is opened, which then closes. */
const isLoaded = (): boolean => Object.keys(createRequire(import.meta.url).cache).some((path) => path.includes('@eventstore'));

const imported = isLoaded();
const store = await openEventStoreDbStore({
  url: 'esdb://127.0.0.1:1?tls=false',
  streamPrefixes: STREAM_PREFIXES,
  path: ':memory:',
  clock: systemClock,
});
await store.close();
process.stdout.write(JSON.stringify({ imported, opened: isLoaded() }));
