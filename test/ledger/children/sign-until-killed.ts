import { appendFileSync } from 'node:fs';
import { dataFiles } from '../../../src/kernel/data-files.ts';
import { openLedger } from '../../../src/ledger/ledger.ts';
import { openLedgerKeys } from '../../../src/ledger/ledger-key.ts';
import { createSigners } from '../../../src/ledger/signers.ts';
import { openCheckpointStore, type CheckpointStore } from '../../../src/ledger/checkpoint-store.ts';
import { ledgerSink } from '../../../src/ledger/tiles-sink.ts';
import { projections } from '../../../projections/index.ts';
import { catalogue } from '../../../src/domain/catalogue.ts';
import { systemClock } from '../../../src/kernel/clock.ts';
import { startProjector } from '../../../src/projecting/projector.ts';
import { openViews } from '../../../src/projecting/views.ts';
import { openSqliteStore } from '../../../src/store/sqlite.ts';
import { record } from '../fixture.ts';

/**
 * Appends, signs and publishes over and over, and dies without warning at the step that it is told, the `nth` time it
 * comes there. What it has published stands in a file.
 */
const [dir = '', published = '', step = '', nth = '1'] = process.argv.slice(2);

let left = Number(nth);
const at = (name: string): void => {
  if (name !== step) return;
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
};

const store = openSqliteStore({ path: `${dir}/log.sqlite`, clock: systemClock });
const views = openViews(`${dir}/views.sqlite`, projections, catalogue, { sink: ledgerSink });
const projector = startProjector({
  store,
  views,
  onError: (error) => {
    throw error;
  },
});
const book = openCheckpointStore(dir);
const checkpointStore: CheckpointStore = {
  ...book,
  add: (checkpoint) => {
    at('before-note');
    book.add(checkpoint);
    at('after-note');
  },
};
const keys = openLedgerKeys(dataFiles(dir).ledgerKey, [], {
  shared: false,
  newOrigin: book.last() === undefined ? 'killed.example' : undefined,
});
const signers = createSigners(keys, checkpointStore);
const ledger = openLedger({
  views,
  store,
  checkpointStore,
  signers,
  clock: systemClock,
  mark: (signed) => {
    store.mark.write({ origin: signers.origin, ...signed });
    at('after-mark');
  },
});

await projector.caughtUp();
for (let n = 0; ; n += 1) {
  const stream = `record-${n % 5}`;
  const events = Array.from({ length: 30 + ((n * 7) % 60) }, (_, index) => record(stream, n * 100 + index + 1));
  await store.append(stream, (await store.readStream(stream)).at(-1)?.revision ?? 'none', events);
  at('after-append');
  await projector.caughtUp();
  at('after-tiles');
  ledger.seal();
  const last = ledger.last();
  if (last !== undefined)
    appendFileSync(published, `${JSON.stringify({ size: last.size, note: Buffer.from(last.note).toString('base64') })}\n`);
  at('after-publishing');
}
