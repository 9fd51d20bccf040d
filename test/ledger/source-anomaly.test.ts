import { join } from 'node:path';
import { test, type Test } from 'tap';
import { LEDGER_STREAM } from '../../src/domain/ledger/events.ts';
import { recordAnomaly } from '../../src/ledger/source-anomaly.ts';
import { WrongRevision, type EventStore } from '../../src/store/event-store.ts';
import type { Anomaly } from '../../src/store/eventstoredb/anomaly.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { draft, settableClock } from '../contract/drafts.ts';
import { temporaryDir } from '../store/temporary-dir.ts';

const clock = settableClock(Date.parse('2023-03-10T01:00:00Z'));

const givenLog = (t: Test): EventStore => {
  const dir = temporaryDir();
  const store = openSqliteStore({ path: join(dir.path, 'log.sqlite'), clock });
  t.teardown(async () => {
    await store.close();
    dir.remove();
  });
  return store;
};

const deleted: Anomaly = { kind: 'stream-removed', stream: 'task-1', revision: null, detail: 'the stream was deleted for good' };

await test('an anomaly is one event, however many replicas find it, and however often', async (t) => {
  const log = givenLog(t);
  await Promise.all([recordAnomaly(deleted, log, clock), recordAnomaly(deleted, log, clock)]);
  await recordAnomaly({ ...deleted, detail: 'found by another in other words' }, log, clock);
  const altered: Anomaly = { kind: 'event-altered', stream: 'task-2', revision: 0, detail: 'another event was sequenced there' };
  await log.append('task-2', 'none', [draft('task-2')]);
  await recordAnomaly(altered, log, clock);
  t.match(
    (await log.readStream(LEDGER_STREAM)).map(({ envelope }) => ({ type: envelope.type, actor: envelope.actor, data: envelope.data })),
    [
      { type: 'SourceAnomalyDetected.v1', actor: { sub: 'duban', role: 'system' }, data: { ...deleted, position: null } },
      { type: 'SourceAnomalyDetected.v1', data: { ...altered, position: 2 } },
    ],
  );
  t.equal(log.head().position, 3);
});

await test('what a cluster does not take, or could not be believed in, is an error', async (t) => {
  const log = givenLog(t);
  const contended: EventStore = { ...log, append: (stream, expected) => Promise.reject(new WrongRevision(stream, expected, 7)) };
  await t.rejects(recordAnomaly(deleted, contended, clock), WrongRevision);
  await t.rejects(recordAnomaly({ ...deleted, stream: LEDGER_STREAM }, log, clock), /in the stream in which it would be recorded/u);
  t.equal(log.head().position, 0);
});
