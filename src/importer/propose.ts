import { UNSAID } from '../domain/directives/events.ts';
import type { Document } from './document.ts';
import { entriesOf, type BodyEntry, type RowEntry } from './entries.ts';
import { findingsOf } from './findings.ts';
import { syllables } from './ids.ts';
import { measurementsOf, qualitative } from './measurements.ts';
import type { Proposal, ProposedPolicy, ProposedTask } from './proposal.ts';
import { rosterOf, type Roster } from './roster.ts';
import { titleOf } from '../domain/tasks/titles.ts';

const TIME_ZONE = 'Asia/Shanghai';

const fromBody = (entry: BodyEntry, roster: Roster): ProposedTask => {
  const measurements = measurementsOf(entry.text);
  return {
    id: entry.id,
    kind: entry.kind,
    number: entry.number,
    title: titleOf(entry.text),
    text: entry.text,
    sourceLine: entry.line.n,
    theme: entry.theme,
    group: entry.group,
    parent: null,
    assignees: entry.named.map(roster.assignee),
    leaders: [],
    deadline: null,
    // A target is an end by being listed as one, with a number or without.
    measurements: measurements.length === 0 && entry.kind === 'target' ? [qualitative(entry.text)] : measurements,
  };
};

const fromRow = (entry: RowEntry, roster: Roster): ProposedTask => ({
  id: entry.id,
  kind: 'item',
  number: entry.number,
  title: titleOf(entry.text),
  text: entry.text,
  sourceLine: entry.line.n,
  theme: entry.task?.theme ?? null,
  group: entry.task?.group ?? null,
  parent: entry.task?.id ?? null,
  assignees: entry.named.map(roster.assignee),
  leaders: entry.leaders,
  deadline: entry.deadline,
  measurements: measurementsOf(entry.text),
});

/** The reporting schedule is the directive's; how a day is judged is not said there, and starts from these defaults. */
const policyOf = ({ head: { schedule } }: Document): ProposedPolicy => ({
  effectiveFrom: `${schedule.monthly.from}-01`,
  timeZone: TIME_ZONE,
  monthly: schedule.monthly,
  annual: schedule.annual,
  bound: 'inclusive',
  cutoff: '24:00',
  shift: 'none',
  reporters: { target: ['responsible'], task: ['lead'], item: ['responsible'] },
  decides: 'first-submission',
  completed: 'release',
  ...UNSAID,
});

export const propose = (document: Document, sourceSha256: string): Proposal => {
  const { head, plan, itemsSchedule } = document;
  const { printed, prefix, year, serial } = head.number;
  const directive = `${syllables(prefix).join('')}-${year}-${serial}`;
  const entries = entriesOf(document, directive);
  const roster = rosterOf(entries);
  const tasks = [
    ...[...entries.targets, ...entries.tasks].map((entry) => fromBody(entry, roster)),
    ...entries.rows.map((entry) => fromRow(entry, roster)),
  ];
  const withCooperating = entries.tasks.filter(({ lists }) => lists.some(({ role }) => role === 'cooperating')).length;
  return {
    directive: {
      id: directive,
      number: printed,
      title: head.title,
      issuer: head.issuer,
      date: itemsSchedule.date,
      timeZone: TIME_ZONE,
      sourceSha256,
    },
    counts: {
      targets: entries.targets.length,
      themes: plan.themes,
      groups: plan.groups,
      tasks: entries.tasks.length,
      items: entries.rows.length,
      units: roster.units.length,
      collectives: roster.collectives.length,
      tasksWithCooperating: withCooperating,
      tasksWithoutCooperating: entries.tasks.length - withCooperating,
    },
    units: roster.units,
    collectives: roster.collectives,
    tasks,
    findings: findingsOf({ directive, document, entries, roster, tasks }),
    policy: policyOf(document),
  };
};
