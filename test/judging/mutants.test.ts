import * as fc from 'fast-check';
import tap, { test } from 'tap';
import { casesIn, judgeDifference, picks, product, RUNS, SEED, type Judge } from './asking.ts';
import { spec } from './histories.ts';
import { mutated, type Mutation } from './mutated.ts';

/** Each of these mistakes in the judge is found within the histories that the two judges are asked about. */

const COMPLIANCE = 'src/domain/compliance';
const MISTAKES: Readonly<Record<string, Mutation>> = {
  'a receipt at the due instant is in time': {
    file: `${COMPLIANCE}/settling.ts`,
    text: "deciding.receivedAt < due.end ? 'on-time'",
    instead: "deciding.receivedAt <= due.end ? 'on-time'",
  },
  'what awaits the office is missing': {
    file: `${COMPLIANCE}/settling.ts`,
    text: "if (awaits) return { state: 'awaiting', receipt };",
    instead: '',
  },
  'sending back closes the newest version only': {
    file: `${COMPLIANCE}/settling.ts`,
    text: 'index >= from && returnedAt',
    instead: 'index === from && returnedAt',
  },
  'a report settles a duty that it does not name': {
    file: `${COMPLIANCE}/settling.ts`,
    text: '(named === null || named === duty.id)',
    instead: 'true',
  },
  'a milestone reported at its end is kept': {
    file: `${COMPLIANCE}/milestones.ts`,
    text: 'receivedAt < end && says',
    instead: 'receivedAt <= end && says',
  },
  'days late are counted in the zone of the office': {
    file: `${COMPLIANCE}/obligation.ts`,
    text: 'moment.day(timeZone)',
    instead: 'moment.day()',
  },
  'a pause counts at the due instant itself': {
    file: `${COMPLIANCE}/paused.ts`,
    text: 'isPausedAt(task, end - 1)',
    instead: 'isPausedAt(task, end)',
  },
  'a completion verified at the due instant releases': {
    file: `${COMPLIANCE}/paused.ts`,
    text: 'verifiedAt < end',
    instead: 'verifiedAt <= end',
  },
  'a hand-over counts whenever it was received': {
    file: 'src/domain/tasks/assignment.ts',
    text: '(each === first || each.receivedAt < before)',
    instead: 'true',
  },
  'members count whenever they were recorded': {
    file: 'src/domain/roster/state.ts',
    text: '(index === 0 || each.receivedAt < before)',
    instead: 'true',
  },
  'policies govern by their first day only': {
    file: 'src/domain/directives/schedule.ts',
    text: 'if (!reached(receivedAt) || (current !== undefined && receivedAt >= current.due.end)) continue;',
    instead: '',
  },
  'a policy shortens a time that is over': {
    file: 'src/domain/directives/schedule.ts',
    text: 'next !== undefined && receivedAt < next.due.end',
    instead: 'next !== undefined',
  },
  'more time granted at the end of a deadline is in time': {
    file: `${COMPLIANCE}/deadline.ts`,
    text: 'receivedAt >= end && !isWaived',
    instead: 'receivedAt > end && !isWaived',
  },
  'what was kept is undone with its completion': {
    file: `${COMPLIANCE}/deadline.ts`,
    text: 'claimedAt < end && (reopenedAt === null || reopenedAt >= end)',
    instead: 'claimedAt < end && reopenedAt === null',
  },
};

tap.setTimeout(300_000 + RUNS * 500);

await test(`each mistake is found within ${RUNS} histories`, { timeout: 0 }, async (t) => {
  const suspects = new Map<string, Judge>();
  for (const [mistake, mutation] of Object.entries(MISTAKES)) {
    // The modules are those of the product, but for a few characters: they have its types.
    const { judge } = (await mutated(`${COMPLIANCE}/judge.ts`, mutation)) as Judge;
    const { milestones } = (await mutated(`${COMPLIANCE}/milestones.ts`, mutation)) as Judge;
    suspects.set(mistake, { judge, milestones });
  }
  const caseOf = casesIn(t);
  const found = new Map<string, number>();
  let histories = 0;
  for (const [drawn, drawnPicks] of fc.sample(fc.tuple(spec, picks), { numRuns: RUNS, seed: SEED })) {
    if (found.size === suspects.size) break;
    histories += 1;
    const one = await caseOf(drawn);
    for (const asked of drawnPicks.map(one.ask)) {
      const wronged = judgeDifference(product, one, asked);
      if (wronged !== undefined) throw new Error(`the judge as it is: ${wronged}`);
      for (const [mistake, by] of suspects)
        if (!found.has(mistake) && judgeDifference(by, one, asked) !== undefined) found.set(mistake, histories);
    }
  }
  for (const mistake of suspects.keys())
    t.ok(found.has(mistake), `${mistake}: ${found.has(mistake) ? `found by history ${found.get(mistake)}` : 'not found'}`);
});
