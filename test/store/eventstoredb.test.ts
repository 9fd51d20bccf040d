import { join } from 'node:path';
import tap from 'tap';
import { STREAM_PREFIXES } from '../../src/domain/catalogue.ts';
import { openEventStoreDbStore } from '../../src/store/eventstoredb.ts';
import { storeContract } from '../contract/store.ts';
import { startDouble } from '../support/eventstoredb-double.ts';
import { realUrl, untilReady } from './cluster-fixture.ts';
import { temporaryDir } from './temporary-dir.ts';

/** The contract on the double; or on the server that EVENTSTORE_URL names, to which nobody else may append meanwhile. */

const mirrors = temporaryDir();
tap.teardown(mirrors.remove);
let doubles = 0;

storeContract(
  realUrl === undefined ? 'eventstoredb' : 'eventstoredb, real',
  async (clock) => {
    const double = realUrl === undefined ? await startDouble() : undefined;
    const url = double?.url ?? realUrl ?? '';
    // On one server all tests share a mirror, which then need not catch up with all of them again.
    const path = join(mirrors.path, double === undefined ? 'mirror.sqlite' : `mirror-${(doubles += 1)}.sqlite`);
    const open = async () => untilReady(await openEventStoreDbStore({ url, streamPrefixes: STREAM_PREFIXES, path, clock }));
    let store = await open();
    return {
      store,
      reopen: async () => {
        await store.close();
        store = await open();
        return store;
      },
      destroy: async () => {
        await store.close();
        double?.close();
      },
    };
  },
  { positions: 'later' },
);
