import { join } from 'node:path';
import { test, type Test } from 'tap';
import { exportBundle } from '../../src/verifying/export-bundle.ts';
import { openSource, type SourceSpec } from '../../src/verifying/open-source.ts';
import { verifyLog, type Report } from '../../src/verifying/verify.ts';
import { grow, handClock, open, START, temporaryDir, type HandClock } from '../ledger/fixture.ts';

/** What an auditor sees of a clock that was wrong. */

const YEAR = 365 * 86_400_000;
const SKEW = 60_000;

const auditAt = (spec: SourceSpec, millis: number): Promise<Report> =>
  verifyLog(spec, { memoryOf: undefined, skew: SKEW, clock: handClock(millis), threads: 1 });

/** 40 events, of which the last 10 were recorded with the clock `ahead`; it is set back before they are signed, or after. */
const wrongFor = async (t: Test, ahead: number, signed: 'while it was wrong' | 'when it was right again') => {
  const dir = temporaryDir(t);
  const clock: HandClock = handClock();
  const duban = open(t, dir, clock);
  await grow(duban, clock, 30);
  duban.services.ledger.seal();
  clock.advance(ahead);
  await grow(duban, clock, 10);
  if (signed === 'when it was right again') clock.advance(-ahead);
  duban.services.ledger.seal();
  await duban.close();
  const bundle = join(temporaryDir(t), 'bundle');
  const source = openSource({ kind: 'data', dir });
  await exportBundle(source, bundle);
  source.close();
  return [
    { kind: 'data', dir },
    { kind: 'bundle', dir: bundle },
  ] as const;
};

await test('a time that has not come on the day of the audit is a fault, within the skew it is none', async (t) => {
  for (const spec of await wrongFor(t, 10 * YEAR, 'while it was wrong')) {
    const report = await auditAt(spec, START + 60_000);
    t.match(report, { ok: false, faults: [{ check: 'time', position: 31 }] }, spec.kind);
    t.match(report.faults[0]?.detail, /recorded at 2033-\S+, which is 36\d\d days after this audit, at 2023-03-01T00:01:00\.000Z/u);
    t.equal(report.faults.filter(({ check }) => check !== 'time').length, 0, 'and nothing else is wrong');
    t.match(await auditAt(spec, START + 10 * YEAR + 40_000 - SKEW), { ok: true }, `${spec.kind}: once the day has come`);
  }
});

await test('a clock that was ahead when events were recorded, and right when they were signed, is remarked on', async (t) => {
  const [data] = await wrongFor(t, YEAR, 'when it was right again');
  const report = await auditAt(data, START + 20 * YEAR);
  t.ok(report.ok);
  t.match(
    report.remarks.join('\n'),
    /^10 events, the first at @31, say that they were recorded up to 365 days after the log signed them: its clock was ahead then$/mu,
  );
  const [small] = await wrongFor(t, SKEW, 'when it was right again');
  t.notMatch((await auditAt(small, START + YEAR)).remarks.join('\n'), /after the log signed them/u, 'within the skew it is not');
});
