import * as fc from 'fast-check';
import { judge } from '../../src/domain/compliance/judge.ts';
import { milestones } from '../../src/domain/compliance/milestones.ts';
import { momentAt } from '../../src/kernel/moment.ts';
import type { World } from '../support/app.ts';
import { historyOf, type History } from './acts.ts';
import {
  answeredExcluded,
  answeredMilestones,
  answeredRows,
  difference,
  expectedExcluded,
  expectedMilestones,
  expectedRows,
} from './compare.ts';
import type { Entry } from './entries.ts';
import type { Asked } from './http-answers.ts';
import { happen, openOffice } from './office.ts';
import { oracle } from './oracle.ts';
import type { Spec } from './spec.ts';

/** Random questions about random histories, and what both judges say to them. */

/** `JUDGING_RUNS` is how many histories, `JUDGING_SEED` which ones. */
export const RUNS = Number(process.env['JUDGING_RUNS'] ?? 1000);
export const SEED = Number(process.env['JUDGING_SEED'] ?? 20230330);
/** Histories that one office sees before another is opened: what it holds would slow it down. */
const OFFICE_HISTORIES = 40;
const DAY = 86_400_000;

/** One question: of all positions and of all instants at which something happened or fell due, which; `late`: of the last third. */
export type Pick = { readonly known: number; readonly about: number; readonly late: boolean; readonly by: number };
const pick: fc.Arbitrary<Pick> = fc.record({
  known: fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat({ max: 40 }) }),
  about: fc.nat({ max: 199 }),
  late: fc.boolean(),
  by: fc.constantFrom(0, -1, 1, DAY, 40 * DAY),
});
export const picks = fc.array(pick, { minLength: 10, maxLength: 10 });

/** Something that happened in an office, and the log of it. */
export type Case = {
  readonly world: World;
  readonly history: History;
  readonly entries: readonly Entry[];
  readonly refused: readonly string[];
  readonly ask: (pick: Pick) => Asked;
};

/** The log as it was known at a position. */
const knownAt = (entries: readonly Entry[], position: number): readonly Entry[] => entries.filter((entry) => entry.position <= position);

/** Lets histories happen, in an office of each zone for a few of them. */
export const casesIn = (t: Parameters<typeof openOffice>[0]): ((drawn: Spec) => Promise<Case>) => {
  const offices = new Map<string, { readonly world: World; histories: number }>();
  let histories = 0;
  const officeIn = async (zone: string): Promise<World> => {
    let office = offices.get(zone);
    if (office === undefined || office.histories >= OFFICE_HISTORIES) {
      await office?.world.close();
      office = { world: await openOffice(t, zone), histories: 0 };
      offices.set(zone, office);
    }
    office.histories += 1;
    return office.world;
  };
  return async (drawn) => {
    const world = await officeIn(drawn.officeZone);
    histories += 1;
    const history = historyOf(drawn, `h${histories}-`);
    const { entries, refused } = await happen(world, history);
    await world.settled();
    const times = [...new Set([...history.moments, ...entries.map(({ receivedAt }) => receivedAt)])].toSorted((a, b) => a - b);
    const first = entries.find(({ type }) => type === 'DirectiveIssued')?.position ?? 0;
    const last = world.head();
    const { directive } = history;
    const ask = ({ known, about, late, by }: Pick): Asked => {
      const position = Math.max(first, last - known);
      const among = late ? times.slice(-Math.ceil(times.length / 3)) : times;
      const at = (among[about % among.length] ?? 0) + by;
      return { world, directive, position, at, right: oracle(knownAt(entries, position), directive, at, history.officeZone) };
    };
    return { world, history, entries, refused, ask };
  };
};

/** The judge of the product, or one that was tampered with. */
export type Judge = { readonly judge: typeof judge; readonly milestones: typeof milestones };
export const product: Judge = { judge, milestones };

/** What a judge says otherwise than the rule, asked beside the API; undefined where they agree. */
export const judgeDifference = (by: Judge, { history }: Case, { world, directive, position, at, right }: Asked): string | undefined => {
  const facts = world.duban().services.knowledge.facts(directive, position);
  if (facts === undefined) throw new Error(`${directive} is not known at ${position}`);
  const moment = momentAt(at, history.officeZone);
  const { obligations, excluded } = by.judge(facts, { at: moment });
  return (
    difference('obligations', expectedRows(right.rows), answeredRows(obligations)) ??
    difference('excluded collectives', expectedExcluded(right.excluded), answeredExcluded(excluded)) ??
    difference('milestones', expectedMilestones(right), answeredMilestones(by.milestones(facts, moment)))
  );
};
