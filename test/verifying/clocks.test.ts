import { join } from 'node:path';
import { test, type Test } from 'tap';
import { exportBundle } from '../../src/verifying/export-bundle.ts';
import { openSource, type SourceSpec } from '../../src/verifying/open-source.ts';
import { verifyLog, type Report } from '../../src/verifying/verify.ts';
import { openDuban } from '../../src/main/duban.ts';
import { openLogFile } from '../../src/store/log-file.ts';
import { sourceOf } from '../../src/store/log-source.ts';
import { sealFollowing } from '../../src/store/seal-following.ts';
import { grow, handClock, open, record, START, temporaryDir, type HandClock } from '../ledger/fixture.ts';

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

type Recording = readonly [replica: string | undefined, seconds: number];

/** An audit of a log of single events, each at a time (seconds after the start) and by a replica. It signs after each part. */
const audited = async (t: Test, ...parts: readonly { readonly events: readonly Recording[]; readonly signedAt: number }[]) => {
  const dir = temporaryDir(t);
  let n = 0;
  for (const { events, signedAt } of parts) {
    const log = openLogFile(join(dir, 'log.sqlite'));
    const source = sourceOf(log, undefined);
    log.write((writer) => {
      for (const [replica, seconds] of events) {
        n += 1;
        const recordedAt = START + seconds * 1000;
        for (const { event, envelope } of sealFollowing(undefined, [record(`probe-${n}`, n)], { source, recordedAt, replica }))
          writer.append({ ...event, recordedAt: Math.max(recordedAt, log.head().recordedAt ?? 0) }, envelope);
      }
    });
    log.close();
    const duban = openDuban({
      dataDir: dir,
      timeZone: 'Asia/Shanghai',
      clock: handClock(START + signedAt * 1000),
      mostAhead: Infinity,
      onError: (error) => t.fail(String(error)),
    });
    await duban.projector.caughtUp();
    duban.services.ledger.seal();
    await duban.close();
  }
  return auditAt({ kind: 'data', dir }, START + YEAR);
};

await test('times that go back within one replica are a log put out of order; between two a clock was wrong', async (t) => {
  const one = {
    events: [
      ['a', 1],
      ['a', 100],
      ['a', 5],
    ],
    signedAt: 200,
  } as const;
  t.match(await audited(t, one), {
    ok: false,
    faults: [{ check: 'time', position: 3, detail: 'was recorded 95000 ms before an event that comes before it' }],
  });
  const unnamed = {
    events: [
      [undefined, 1],
      [undefined, 100],
      [undefined, 5],
    ],
    signedAt: 200,
  } as const;
  t.match(await audited(t, unnamed), { ok: false, faults: [{ check: 'time', position: 3 }] }, 'also where nothing says who recorded');
  const report = await audited(t, {
    events: [
      ['a', 1],
      ['a', 100],
      ['b', 5],
      ['a', 101],
      ['b', 6],
    ],
    signedAt: 200,
  });
  t.match(report, { ok: true, faults: [] });
  t.match(
    report.remarks.join('\n'),
    /^2 events, the first at @3, stand up to 95 seconds before others .* recorded: the clocks of replica b and replica a differed$/mu,
  );
});

await test('where nothing says who recorded, the times of signing show a clock that was wrong', async (t) => {
  const ahead = await audited(
    t,
    {
      events: [
        [undefined, 1],
        [undefined, 100],
      ],
      signedAt: 10,
    },
    { events: [[undefined, 12]], signedAt: 20 },
  );
  t.match(ahead, { ok: true, faults: [] });
  t.match(ahead.remarks.join('\n'), /^1 events, the first at @2, say that they were recorded up to 90 seconds after the log signed them/mu);
  const behind = await audited(
    t,
    {
      events: [
        [undefined, 1],
        [undefined, 99],
      ],
      signedAt: 100,
    },
    {
      events: [
        [undefined, 10],
        [undefined, 102],
      ],
      signedAt: 110,
    },
  );
  t.match(behind, { ok: true, faults: [] });
  t.match(
    behind.remarks.join('\n'),
    /^1 events, the first at @3, say that they were recorded up to 90 seconds before the log signed what/mu,
  );
});
