import { rmSync } from 'node:fs';
import * as fc from 'fast-check';
import tap, { test } from 'tap';
import type { World } from '../support/app.ts';
import { historyOf, tell, type Act, type History } from './acts.ts';
import type { Entry } from './entries.ts';
import { spec } from './histories.ts';
import { RUNS, SEED } from './asking.ts';
import { happen, openOffice, openOfficeOnCluster } from './office.ts';
import { COLLECTIVES, TASKS, UNITS, type Spec } from './spec.ts';

/**
 * What holds of every answer, whatever the rules are: asked as of a position and a moment it is the answer that was given
 * when no more than that had happened; what is entered later changes no byte of it, and neither does building the views anew,
 * nor on what kind of log it happened; and what reached the office after the moment judged is in no answer.
 */

const DAY = 86_400_000;

/** What fails is made small, which takes its time. */
tap.setTimeout(900_000 + RUNS * 500);

/** What hangs from a task; where there is none, that is the answer. */
const DETAILS = ['history', 'plans/1', 'extension-requests/1', 'completion-claims/1', 'reports/a-2023-03', 'reports/b-2023-03'];

/** Every call that judges or shows what stood then, about a history in a log of its own. */
const questions = (history: History): readonly string[] => {
  const about = `directive=${history.directive}`;
  const periods = ['2023-03', '2024-02', '2023', '2026-W50', '2023-Q1'];
  return [
    ...['obligations', 'deadlines', 'plans', 'standings', 'measurements', 'gaps', 'extensions', 'claims', 'changes', 'tasks'].map(
      (list) => `/v1/${list}?${about}`,
    ),
    ...periods.flatMap((period) =>
      ['compliance', 'owing', 'reports', 'contradictions', 'like-cases'].map((list) => `/v1/${list}?${about}&period=${period}`),
    ),
    `/v1/compliance?${about}&kind=deadline`,
    `/v1/progress?${about}&by=unit`,
    ...TASKS.flatMap((task) => [`/v1/tasks/${task}?`, `/v1/tasks/${task}/responsibility?`, `/v1/tasks/${task}/statements?period=2023-03`]),
    ...TASKS.flatMap((task) => DETAILS.map((detail) => `/v1/tasks/${task}/${detail}?`)),
    ...UNITS.flatMap((unit) => [`/v1/units/${unit}?`, `/v1/units/${unit}/scorecard?year=2023`, `/v1/obligations?unit=${unit}`]),
    ...COLLECTIVES.map((collective) => `/v1/collectives/${collective}?`),
  ];
};

type Answers = ReadonlyMap<string, string>;
/** @param position the head where it is left out */
const ask = async (world: World, urls: readonly string[], position: number | undefined, at: number): Promise<Answers> => {
  const answers = new Map<string, string>();
  const known = position === undefined ? '' : `asOf=@${position}&`;
  for (const url of urls) {
    const asked = `${url}${url.endsWith('?') ? '' : '&'}${known}on=${new Date(at).toISOString()}`;
    const { status, text } = await world.office.get(asked);
    if (status >= 500) throw new Error(`${asked}: ${text}`);
    answers.set(asked, `${status} ${text}`);
  }
  return answers;
};

const without = (answers: Answers, what: RegExp): Answers => new Map([...answers].map(([url, text]) => [url, text.replaceAll(what, '')]));
/** Of answers of two logs: events have ids of their own in each, and hashes that follow from them. */
const nameless = (answers: Answers): Answers => without(answers, /"(?:id":"[0-9a-f-]{36}|leafHash":"[^"]*)"/gu);
/** Of answers of logs that hold more, and less: what says where in the log something stands. */
const placeless = (answers: Answers): Answers => without(answers, /"(?:position|revision|recordedAt)":(?:\d+|"[^"]*")/gu);

/** The first question that is answered differently. */
const difference = (before: Answers, after: Answers): string | undefined => {
  for (const [url, text] of before) if (after.get(url) !== text) return `${url}\n  was  ${text}\n  is   ${after.get(url)}`;
  return undefined;
};

const histories = (runs: number, holds: (drawn: Spec) => Promise<void>): Promise<void> =>
  fc.assert(fc.asyncProperty(spec, holds), { numRuns: runs, seed: SEED });
/** Each is asked everything, in logs of its own: they are fewer than those that two judges are asked about. */
const FEW = Math.ceil(RUNS / 160);
const MORE = Math.ceil(RUNS / 50);

/** The acts up to and with the n-th. */
const begun = (history: History, count: number): History => ({ ...history, acts: history.acts.slice(0, count) });
const rest = (history: History, count: number): History => ({ ...history, acts: history.acts.slice(count) });

await test('an answer of the past is what was answered then, and stays so to the byte', async (t) => {
  let asked = 0;
  await histories(FEW, async (drawn) => {
    const world = await openOffice(t, drawn.officeZone);
    const history = historyOf(drawn, '');
    const urls = questions(history);
    const half = Math.ceil(history.acts.length * 0.7);
    const revisions = new Map<string, number>();
    await happen(world, begun(history, half), revisions);
    const position = world.head();
    const now = world.clock.now().epochMilliseconds;
    const moments = [now, now - DAY, ...history.moments.filter((moment) => moment <= now).slice(-2)];
    const then: Answers[] = [];
    for (const moment of moments) then.push(await ask(world, urls, position, moment));
    await happen(world, rest(history, half), revisions);
    world.clock.advance(30 * DAY);
    for (const rebuilt of [false, true]) {
      if (rebuilt)
        await world.restart(() => {
          for (const end of ['', '-wal', '-shm']) rmSync(`${world.dataDir}/views.sqlite${end}`, { force: true });
        });
      for (const [index, moment] of moments.entries()) {
        const differs = difference(then[index] ?? new Map(), await ask(world, urls, position, moment));
        asked += urls.length;
        if (differs !== undefined)
          throw new Error(`${rebuilt ? 'after a rebuild' : 'after more was entered'}: ${differs}\n${tell(history)}`);
      }
    }
    await world.close();
  });
  t.ok(asked > 150 * FEW, `${asked} answers compared`);
});

await test('as of a position the log answers as one that ends there', async (t) => {
  await histories(FEW, async (drawn) => {
    const history = historyOf(drawn, '');
    const urls = questions(history);
    const whole = await openOffice(t, drawn.officeZone);
    const part = await openOffice(t, drawn.officeZone);
    const count = Math.ceil(history.acts.length * 0.6);
    await happen(part, begun(history, count));
    await happen(whole, history);
    for (const world of [whole, part]) world.clock.set('2030-01-01T00:00:00Z');
    const position = part.head();
    for (const moment of [...history.moments.slice(0, 2), Date.parse('2029-01-01T00:00:00Z')]) {
      const differs = difference(nameless(await ask(part, urls, position, moment)), nameless(await ask(whole, urls, position, moment)));
      if (differs !== undefined) throw new Error(`${differs}\n${tell(history)}`);
    }
    await whole.close();
    await part.close();
  });
  t.pass('every answer is the same');
});

await test('a log of its own and that of a cluster are answered alike', async (t) => {
  await histories(FEW, async (drawn) => {
    const history = historyOf(drawn, '');
    const urls = questions(history);
    const embedded = await openOffice(t, drawn.officeZone);
    const cluster = await openOfficeOnCluster(t, drawn.officeZone);
    for (const world of [embedded, cluster]) {
      await happen(world, history);
      world.clock.set('2030-01-01T00:00:00Z');
    }
    const position = embedded.head();
    if (cluster.head() !== position)
      throw new Error(`the cluster's log ends at ${cluster.head()}, the other at ${position}\n${tell(history)}`);
    for (const known of [position, Math.ceil(position * 0.7)])
      for (const moment of [...history.moments.slice(0, 2), Date.parse('2029-01-01T00:00:00Z')]) {
        const differs = difference(nameless(await ask(embedded, urls, known, moment)), nameless(await ask(cluster, urls, known, moment)));
        if (differs !== undefined) throw new Error(`${differs}\n${tell(history)}`);
      }
    await embedded.close();
    await cluster.close();
  });
  t.pass('every answer is the same');
});

/** An act on a task, which is none of the facts that found a judgement. */
const isOnTask = ({ stream, type }: Pick<Entry, 'stream' | 'type'>): boolean => stream.startsWith('task-') && type !== 'TaskAssigned';

/** What was taken up by a log, but for where it stands there. */
const taken = (entries: readonly Entry[], at: number): string =>
  entries
    .filter((entry) => !isOnTask(entry) || entry.receivedAt <= at)
    .map(({ stream, type, receivedAt, data }) => JSON.stringify([stream, type, receivedAt, data]))
    .join('\n');

await test('what was received after the moment judged is in no answer', async (t) => {
  let compared = 0;
  await histories(MORE, async (drawn) => {
    const history = historyOf(drawn, '');
    const at = history.moments[history.moments.length >> 1] ?? 0;
    const reached = (act: Act): boolean => act.received <= at || !/^\/v1\/tasks\/./u.test(act.path);
    const whole = await openOffice(t, drawn.officeZone);
    const part = await openOffice(t, drawn.officeZone);
    const all = taken((await happen(whole, history)).entries, at);
    const before = taken((await happen(part, { ...history, acts: history.acts.filter(reached) })).entries, at);
    // Where an act was refused for one that was received after it but entered before, there is nothing to compare.
    if (all === before && whole.head() > part.head()) {
      compared += 1;
      for (const world of [whole, part]) world.clock.set('2030-01-01T00:00:00Z');
      // What an event changed follows from what had been recorded before it, whenever that was received.
      const urls = questions(history).filter((url) => !url.endsWith('/history?'));
      const answer = async (world: World) => placeless(nameless(await ask(world, urls, undefined, at)));
      const differs = difference(await answer(part), await answer(whole));
      if (differs !== undefined) throw new Error(`judged at ${new Date(at).toISOString()}: ${differs}\n${tell(history)}`);
    }
    await whole.close();
    await part.close();
  });
  t.ok(compared > MORE / 5, `${compared} histories compared`);
});
