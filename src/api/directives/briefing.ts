import { z } from 'zod';
import { inspections } from '../../../projections/inspections.ts';
import { registers } from '../../../projections/registers.ts';
import type { Services } from '../../application/services.ts';
import { taskLabels } from '../../application/tasks/task-label.ts';
import type { At } from '../../application/tasks/read.ts';
import { totalsOf, unitLines } from '../../domain/compliance/board.ts';
import { nameOn } from '../../domain/compliance/facts.ts';
import { rosterAt } from '../../domain/compliance/facts-at.ts';
import { judge } from '../../domain/compliance/judge.ts';
import { LIGHTS, type Light } from '../../domain/compliance/lights.ts';
import { DEADLINE } from '../../domain/compliance/obligation.ts';
import { taskLight } from '../../domain/compliance/task-light.ts';
import type { FileCall, FileFormats } from '../../http/files.ts';
import { problem, query, type Kit } from '../../http/routes.ts';
import { civilDay } from '../../kernel/civil-days.ts';
import { instantMillis } from '../../kernel/clock.ts';
import { momentAt } from '../../kernel/moment.ts';
import { eachInPieces, withRests } from '../../kernel/pieces.ts';
import { date, id, period, type ValueOf } from '../../kernel/schema.ts';
import { say } from '../../messages/message.ts';
import { wording } from '../../messages/standing.ts';
import { inWords } from '../../messages/words.ts';
import { tableOf } from '../../projecting/projection.ts';
import { briefingLetter } from '../../publishing/letters/briefing.ts';
import { letterHtml } from '../../publishing/letters/html.ts';
import { wordsDigest } from '../../publishing/letters/words.ts';
import { totalsAnswer } from '../shared/compliance-answers.ts';

/** One page for a leader: written from what is known at the moment, and from nothing else. */

const inspectionTable = tableOf(inspections, 'inspection');
const extensionTable = tableOf(registers, 'extension');

const label = z.string().meta({ description: wording('api.directives.briefing-label') });
const named = z.strictObject({ task: z.string(), label }).meta({ id: 'BriefedTask' });
const lit = z.int().meta({ description: wording('api.directives.briefing-light') });

const answer = z.strictObject({
  directive: z.string(),
  issuer: z.string(),
  date,
  period: z.string().nullable(),
  on: date,
  since: date.meta({ description: wording('api.directives.briefing-since') }),
  tasks: z.int(),
  lights: z.strictObject({ green: lit, yellow: lit, red: lit, blue: lit, grey: lit }),
  totals: totalsAnswer,
  behind: z
    .array(
      z.strictObject({ unit: z.string(), name: z.string(), owed: z.int(), late: z.int(), missing: z.int() }).meta({ id: 'BriefedUnit' }),
    )
    .meta({ description: wording('api.directives.briefing-behind') }),
  completed: z.array(named).meta({ description: wording('api.directives.briefing-completed') }),
  reports: z.int().meta({ description: wording('api.directives.briefing-reports') }),
  decisions: z
    .array(
      z
        .strictObject({
          kind: z.enum(['extension', 'finding']),
          unit: z.string(),
          name: z.string(),
          task: z.string().nullable(),
          label: z
            .string()
            .nullable()
            .meta({ description: wording('api.directives.briefing-label') }),
          text: z.string(),
          until: date.nullable(),
        })
        .meta({ id: 'BriefedDecision' }),
    )
    .meta({ description: wording('api.directives.briefing-decisions') }),
});
type Answer = ValueOf<typeof answer>;

const fileName = ({ directive, on }: Answer, kind: string, language: 'en' | 'zh'): string =>
  `${inWords(say('api.directives.briefing-file', { of: language === 'en' ? `${directive}_${on}` : on }), language)}.${kind}`;

const files: FileFormats<Answer> = {
  docx: {
    write: async (facts: Answer, _: FileCall) => {
      const letter = briefingLetter(facts);
      const { letterDocx } = await import('../../publishing/letters/docx.ts'); // loaded when it is wanted: few requests do
      return { bytes: await letterDocx(letter), content: wordsDigest(letter) };
    },
    fileName: (facts, _, language) => fileName(facts, 'docx', language),
  },
  html: {
    write: (facts) => ({ bytes: letterHtml(briefingLetter(facts)) }),
    fileName: (facts, _, language) => fileName(facts, 'html', language),
    inline: true,
  },
};

export const briefingRoute = (kit: Kit, services: Services): void => {
  const { knowledge, tasks, views } = services;

  /** What awaits a decision: extensions that are asked for, and findings that are not put right. */
  const open = (directive: string, { position, moment }: At): Answer['decisions'] => {
    const roster = rosterAt(knowledge.roster(position), moment);
    const nameOf = (unit: string): string => nameOn(roster, unit, moment.day());
    const labelOf = taskLabels(services, position, moment);
    const asked = views
      .asOf(extensionTable, { directive }, position)
      .filter(
        ({ doc }) =>
          moment.reached(instantMillis(doc.requestedAt)) && (doc.decision === null || !moment.reached(instantMillis(doc.decision.at))),
      )
      .map(({ task, doc }) => ({
        kind: 'extension' as const,
        unit: doc.unit,
        name: nameOf(doc.unit),
        task,
        label: labelOf(task),
        text: doc.reason,
        until: doc.until,
      }));
    const found = views.asOf(inspectionTable, { directive }, position).flatMap(({ doc }) =>
      doc.findings
        .filter(({ n }) => {
          const ordered = doc.rectifications.filter(({ finding }) => finding === n);
          return ordered.length === 0 || ordered.some(({ state }) => state !== 'verified');
        })
        .map(({ unit, task, text }) => ({
          kind: 'finding' as const,
          unit,
          name: nameOf(unit),
          task,
          label: task === null ? null : labelOf(task),
          text,
          until: null,
        })),
    );
    return [...asked, ...found];
  };

  query(kit, {
    url: '/v1/directives/:id/briefing',
    summary: wording('api.directives.briefing-summary'),
    description: wording('api.directives.briefing-description'),
    tags: ['Directives'],
    refuses: ['directive-unknown'],
    roles: ['office', 'auditor', 'admin'],
    params: z.strictObject({ id }),
    idNames: 'directive',
    query: z.strictObject({ period: period.optional() }),
    response: answer,
    formats: files,
    run: async ({ params: { id: directive }, query: { period: of }, at, rest }) => {
      const { position, moment } = at;
      const heading = knowledge.directive(directive, position);
      const facts = await withRests(knowledge.factsInPieces(directive, position, of === undefined ? undefined : [of]), rest);
      if (heading === undefined || facts === undefined)
        return problem('directive-unknown', say('api.directives.no-directive-known', { directive }));
      const since = Temporal.PlainDate.from(moment.day()).subtract({ months: 1 }).toString();
      const before = { position, moment: momentAt(civilDay(since, moment.timeZone).end - 1, moment.timeZone) };
      const labelOf = taskLabels(services, position, moment);

      const lights: Record<Light, number> = { green: 0, yellow: 0, red: 0, blue: 0, grey: 0 };
      const completed: { task: string; label: string }[] = [];
      let reports = 0;
      const count = (doc: ReturnType<typeof tasks.list>[number]): void => {
        const { id: task } = doc.facts;
        const own = tasks.factsOf(task, position);
        const { status } = tasks.show(doc, at, null);
        lights[taskLight(status, judge(own, { at: moment }).obligations, own.policies, moment)] += 1;
        if (status === 'completed' && tasks.show(doc, before, null).status !== 'completed') completed.push({ task, label: labelOf(task) });
        for (const { submissions } of [...own.reports.values()].flat()) {
          const received = submissions[0]?.receivedAt;
          if (received !== undefined && moment.reached(received) && !before.moment.reached(received)) reports += 1;
        }
      };
      const listed = tasks.list({ directive }, at, null);
      await withRests(eachInPieces(listed, count), rest);

      const { obligations: all } = judge(facts, { at: moment, period: of });
      const obligations = all.filter(({ kind }) => kind !== DEADLINE);
      const behind = unitLines(obligations)
        .filter(({ late, missing }) => late + missing > 0)
        .toSorted((a, b) => b.missing - a.missing || b.late - a.late)
        .map(({ unit, name, owed, late, missing }) => ({ unit, name, owed, late, missing }));
      return {
        directive,
        issuer: heading.issuer,
        date: heading.date,
        period: of ?? null,
        on: moment.day(),
        since,
        tasks: LIGHTS.reduce((sum, light) => sum + lights[light], 0),
        lights,
        totals: totalsOf(obligations),
        behind,
        completed,
        reports,
        decisions: open(directive, at),
      };
    },
  });
};
