import { z } from 'zod';
import { sheetOf } from '../shared/sheets.ts';
import { id, period } from '../../kernel/schema.ts';
import { factsAt, type FactsAt } from '../../domain/compliance/facts-at.ts';
import { nameOn } from '../../domain/compliance/facts.ts';
import { directiveAsked, list, type Kit } from '../../http/routes.ts';
import type { Services } from '../../application/services.ts';
import { unknownDirective, unknownTask } from '../shared/refusals.ts';
import { carriersOn, type Carriers } from '../../domain/tasks/assignment.ts';
import { byIndex, COMPLIANCE, READERS, slice } from './shared.ts';
import { wording } from '../../messages/standing.ts';

/** What units say of a task that they share, and where one calls behind what another does not. */

const sayings = {
  unit: z.string(),
  name: z.string(),
  role: z
    .string()
    .nullable()
    .meta({ description: wording('api.registers.null-does-not-carry-task-on') }),
  report: z.string().nullable(),
  status: z.string().nullable(),
  percent: z.int().nullable(),
};
const statement = z.strictObject({ ...sayings, narrative: z.string().nullable() }).meta({ id: 'Statement' });

const contradiction = z
  .strictObject({ task: z.string(), title: z.string(), statements: z.array(z.strictObject(sayings)) })
  .meta({ id: 'Contradiction', description: wording('api.registers.one-unit-says-that-task-behind') });

/** Units that carry a task, by role. */
const carriersAt = (facts: FactsAt, task: string): Carriers['units'] => {
  const found = facts.tasks.find(({ id: each }) => each === task);
  return carriersOn(found?.assignments ?? [], facts.moment.day(), facts).units;
};

export const statementRegisters = (kit: Kit, { knowledge, tasks }: Services): void => {
  list(kit, {
    url: '/v1/tasks/:id/statements',
    summary: wording('api.registers.what-each-unit-says-task-for'),
    tags: COMPLIANCE,
    refuses: ['task-unknown'],
    roles: READERS,
    params: z.strictObject({ id }),
    idNames: 'task',
    query: z.strictObject({ period }),
    key: byIndex,
    item: statement,
    run: ({ params: { id: task }, query: { period: of }, at, paging }) => {
      const doc = tasks.doc(task, at.position);
      if (doc === undefined) return unknownTask();
      const facts = factsAt(tasks.factsOf(task, at.position), at.moment);
      const units = carriersAt(facts, task);
      const reported = (facts.reports.get(task) ?? []).filter((report) => report.period === of);
      const items = [...new Set([...units.keys(), ...reported.map(({ unit }) => unit)])].map((unit) => {
        const report = reported.find((each) => each.unit === unit);
        const says = report?.submissions.at(-1)?.says;
        return {
          unit,
          name: nameOn(facts, unit, at.moment.day()),
          role: units.get(unit) ?? null,
          report: report?.id ?? null,
          status: says?.status ?? null,
          percent: says?.percent ?? null,
          narrative: (report && tasks.narrative(task, report.id, at)) ?? null,
        };
      });
      return slice(items, paging);
    },
  });

  list(kit, {
    url: '/v1/contradictions',
    summary: wording('api.registers.tasks-which-for-period-one-unit'),
    tags: COMPLIANCE,
    refuses: [{ field: 'directive-unknown' }],
    roles: READERS,
    query: z.strictObject({ directive: directiveAsked, period }),
    key: byIndex,
    item: contradiction,
    sheet: sheetOf(contradiction, 'contradictions'),
    run: ({ query: { directive, period: of }, at, paging }) => {
      const known = knowledge.facts(directive, at.position, [of]);
      if (known === undefined) return unknownDirective(directive);
      const facts = factsAt(known, at.moment);
      const items = tasks.list({ directive }, at, null).flatMap(({ title, facts: { id: task } }) => {
        const said = (facts.reports.get(task) ?? []).map(({ id: report, unit, submissions }) => {
          const says = submissions.at(-1)?.says;
          return { unit, report, status: says?.status ?? null, percent: says?.percent ?? null };
        });
        const behind = said.filter(({ status }) => status === 'behind').length;
        if (behind === 0 || behind === said.length) return [];
        const units = carriersAt(facts, task);
        const statements = said.map((each) => ({
          ...each,
          name: nameOn(facts, each.unit, at.moment.day()),
          role: units.get(each.unit) ?? null,
        }));
        return [{ task, title, statements }];
      });
      return slice(items, paging);
    },
  });
};
