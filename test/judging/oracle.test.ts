import * as fc from 'fast-check';
import tap, { test } from 'tap';
import { casesIn, judgeDifference, picks, product, RUNS, SEED } from './asking.ts';
import { tell } from './acts.ts';
import { spec } from './histories.ts';
import { httpDifference, publishedDifference, tasks, type Asked } from './http-answers.ts';
import { outOfOrder } from './order.ts';

/**
 * The judge of the product and a second one, written from docs/judging.md alone, are asked the same questions about random
 * histories of an office, and give the same answers: every question is asked of the judge, some of every call over HTTP.
 */

/** Questions of a history, after the first, that the list of tasks is asked as well: it keeps answers while they hold. */
const TASK_QUESTIONS = 3;
/** One history in so many is published from. */
const PUBLISHED = 10;

tap.setTimeout(300_000 + RUNS * 500);

await test(`two judges agree on ${RUNS} histories`, { timeout: 0 }, async (t) => {
  const caseOf = casesIn(t);
  const answers = new Map<string, number>();
  let questions = 0;
  let sent = 0;
  let taken = 0;

  const property = fc.asyncProperty(spec, picks, async (drawn, drawnPicks) => {
    const one = await caseOf(drawn);
    const fail = (differs: string, { position, at }: Asked): never => {
      const known = one.entries.filter((entry) => entry.position <= position).length;
      throw new Error(
        `${differs}\nknown are ${known} of ${one.entries.length} events, judged at ${new Date(at).toISOString()}\n${tell(one.history)}`,
      );
    };
    sent += one.history.acts.length;
    taken += one.history.acts.length - one.refused.length;
    const disorder = outOfOrder(one.entries);
    if (disorder !== undefined) throw new Error(`${disorder}\n${tell(one.history)}`);
    for (const [n, each] of drawnPicks.entries()) {
      const asked = one.ask(each);
      questions += 1;
      for (const { kind, state } of asked.right.rows) {
        const answer = `${kind === 'deadline' ? 'deadlines' : 'reports'} ${state}`;
        answers.set(answer, (answers.get(answer) ?? 0) + 1);
      }
      const differs =
        judgeDifference(product, one, asked) ??
        (n === 0 ? await httpDifference(asked) : n <= TASK_QUESTIONS ? await tasks(asked) : undefined);
      if (differs !== undefined) fail(differs, asked);
    }
    // Last, because what is published is recorded too.
    const [first] = drawnPicks;
    if (first === undefined || first.about % PUBLISHED > 0) return;
    const asked = one.ask({ ...first, known: 0 });
    if (asked.at > asked.world.clock.now().epochMilliseconds) return;
    const period = first.by > 0 ? asked.right.rows.find(({ kind }) => kind !== 'deadline')?.period : undefined;
    const differs = await publishedDifference(asked, period);
    if (differs !== undefined) fail(differs, asked);
  });

  const { failed, seed, counterexamplePath, errorInstance } = await fc.check(property, { numRuns: RUNS, seed: SEED });
  for (const [answer, count] of answers) t.comment(`${count} ${answer}`);
  for (const line of failed ? String(errorInstance).split('\n') : []) t.comment(line);
  t.ok(taken > sent / 2, `of ${sent} acts ${taken} are taken`);
  t.notOk(failed, failed ? `JUDGING_SEED=${seed}, path ${counterexamplePath}` : `${questions} questions are answered alike`);
});
