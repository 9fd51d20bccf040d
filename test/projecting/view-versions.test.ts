import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { test } from 'tap';
import { projections } from '../../projections/index.ts';
import { openDuban, type Duban } from '../../src/main/duban.ts';
import { defineProjection, type AnyProjection } from '../../src/projecting/projection.ts';
import { seededDir } from '../support/app.ts';
import { demoYear, findings, measured, RECORD_COMMAND, recordedVersions, type Finding, type ViewVersions } from './view-versions.ts';
import { inEnglish } from '../../src/messages/words.ts';

const year = await demoYear();
const sentences = (found: readonly Finding[]): readonly string[] => found.map(({ sentence }) => sentence);

await test('every projection makes of the demo year what is recorded of its version', (t) => {
  const is = measured(year, projections);
  for (const sentence of sentences(findings(recordedVersions(), is))) t.fail(sentence);
  t.same(
    Object.keys(is.projections),
    projections.map(({ name }) => name),
  );
  t.end();
});

type Registered = { readonly type: 'UnitRegistered'; readonly data: { readonly name: string } };

/** A small view of the real log, to be changed: its version, what its rows say, or that a column is read as JSON. */
const names = ({ version = 1, mark = '', column = 'text' }: { version?: number; mark?: string; column?: 'text' | 'json' } = {}) =>
  defineProjection<Registered>()({
    name: 'names',
    version,
    tables: { name: { kind: 'versioned', key: ['name'], columns: { name: 'text', said: column }, listedBy: [[]] } },
    on: {
      UnitRegistered: ({ data: { name } }, rows) => {
        const said = `${name}${mark}`;
        rows.put('name', { name, said: column === 'json' ? said : JSON.stringify(said) });
      },
    },
  });

await test('a change without a higher version is named, and so is a higher version that is not recorded', (t) => {
  const of = (...defined: readonly AnyProjection[]): ViewVersions => measured(year, defined);
  const was = of(names());
  const toldOf = (is: ViewVersions): readonly string[] => sentences(findings(was, is));
  const raise = `raise its version, then run ${RECORD_COMMAND} to record the new digest`;

  t.same(toldOf(of(names())), []);
  t.same(toldOf(of(names({ mark: '!' }))), [`names makes other rows of the demo year under version 1: ${raise}`]);
  const readAsJson = of(names({ column: 'json' }));
  t.equal(readAsJson.projections['names']?.rows, was.projections['names']?.rows, 'the same cells');
  t.same(toldOf(readAsJson), [`the tables of names have changed under version 1: ${raise}`]);
  t.same(toldOf(of(names({ version: 2, mark: '!' }))), [`names is at version 2, and recorded at 1: run ${RECORD_COMMAND}`]);
  t.same(toldOf(of(names({ version: 0 }))), [`names is at version 0, which is older than the recorded 1: ${raise}`]);
  t.same(toldOf(of()), [`names is recorded, and is no projection any more: run ${RECORD_COMMAND}`]);
  t.same(toldOf(of(names(), { ...names(), name: 'others' })), [`others is not recorded yet: run ${RECORD_COMMAND}`]);

  const otherYear = measured(year.slice(0, -1), [names({ mark: '!' })]);
  t.same(
    toldOf(otherYear),
    [`the demo year has other events than those recorded: run ${RECORD_COMMAND}`],
    'rows of other events tell nothing',
  );
  t.end();
});

await test('at the start a view that was built by another definition is rebuilt, though its version is the same', async (t) => {
  const dataDir = await seededDir(t);
  const opened = (): Duban =>
    openDuban({
      dataDir,
      timeZone: 'Asia/Shanghai',
      onError: (error) => t.fail(String(error)),
      relaxedDurability: true,
    });
  /** Changes the file of the views behind the program's back. */
  const changed = (sql: string): void => {
    const db = new DatabaseSync(join(dataDir, 'views.sqlite'));
    db.exec(sql);
    db.close();
  };
  const started = async (): Promise<{ readonly stale: string | undefined; readonly digest: string }> => {
    const duban = opened();
    const reason = duban.services.views.stale();
    const stale = reason && inEnglish(reason);
    await duban.projector.caughtUp();
    const digest = duban.services.views.digest();
    await duban.close();
    return { stale, digest };
  };

  const { digest: whole, ...before } = await started();
  t.equal(before.stale, undefined);
  changed('DELETE FROM roster_unit');
  const spoilt = await started();
  t.equal(spoilt.stale, undefined);
  t.not(spoilt.digest, whole, 'what is taken for current is not built again');

  changed(`UPDATE _stamps SET definition = 'another' WHERE name = 'roster'`);
  const rebuilt = await started();
  t.match(rebuilt.stale, /by other projections or other versions of them: the tables of roster have changed$/u);
  t.equal(rebuilt.digest, whole, 'the rows are there again');
  t.equal((await started()).stale, undefined, 'and the file bears the definition of today');

  changed('DROP TABLE _stamps');
  const older = await started();
  t.match(older.stale, /other projections/u, 'a file of an older program says nothing of its projections');
  t.equal(older.digest, whole);
});
