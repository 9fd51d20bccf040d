import * as fc from 'fast-check';
import { test } from 'tap';
import { catalogue } from '../../../src/domain/catalogue.ts';
import { totalsOf } from '../../../src/domain/compliance/board.ts';
import { bindingDeadline } from '../../../src/domain/compliance/deadline.ts';
import { factsAt } from '../../../src/domain/compliance/facts-at.ts';
import type { Facts } from '../../../src/domain/compliance/facts.ts';
import { judge } from '../../../src/domain/compliance/judge.ts';
import { createKnowledge, type Knowledge } from '../../../src/application/knowledge.ts';
import { plansOwed } from '../../../src/domain/compliance/plans.ts';
import { measured, standings } from '../../../src/domain/compliance/progress.ts';
import { replayFacts, type Replayed } from '../../../src/domain/replay.ts';
import { digestOf } from '../../../src/kernel/canonical.ts';
import { instantMillis } from '../../../src/kernel/clock.ts';
import { rosterEvents } from '../../../src/domain/roster/events.ts';
import type { StoredEvent } from '../../../src/store/event-store.ts';
import { assigneesOn } from '../../../src/domain/tasks/assignment.ts';
import { statusAfter } from '../../../src/domain/tasks/effects.ts';
import type { WithStatus } from '../../../src/domain/tasks/status.ts';
import { momentAt } from '../../../src/kernel/moment.ts';
import { taskEvents, type TaskEvent } from '../../../src/domain/tasks/events.ts';
import { EVERYTHING } from '../../../src/domain/directives/schedule.ts';
import { createTaskReader, type TaskReader } from '../../../src/application/tasks/read.ts';
import { createSight } from '../../../src/application/visibility.ts';
import { evolveTask, taskStream, type Task, type TaskState } from '../../../src/domain/tasks/state.ts';
import { endOf } from './fixtures.ts';
import { act, DIRECTIVE, everyKind, openOffice, TASKS, UNITS } from './office.ts';

/**
 * What the views hold as of any position is what a replay of the log up to there gives: the law on which every
 * judgement of the past rests.
 */

const ZONE = 'Asia/Shanghai';
const DAYS = ['2023-01-30', '2023-04-15', '2023-12-31'];
const ALL = ['monthly', 'annual', 'deadline'] as const;

type Office = ReturnType<typeof openOffice>;
type Readers = { readonly knowledge: Knowledge; readonly tasks: TaskReader };
/** Where and of which day it is asked, and the log up to there. */
type Moment = { readonly position: number; readonly on: string; readonly log: readonly StoredEvent[] };

const replayed = ({ stream, envelope }: StoredEvent): Replayed => ({
  event: catalogue.fromWire(envelope.type, envelope.data),
  stream,
  receivedAt: envelope.receivedat,
});

const demand = (what: string, found: unknown, expected: unknown): void => {
  if (digestOf(found ?? null) !== digestOf(expected ?? null))
    throw new Error(`${what}: ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`);
};

/** Facts as JSON: maps as objects. */
const plain = (facts: Facts | undefined): unknown =>
  facts && {
    directive: facts.directive,
    timeZone: facts.timeZone,
    policies: facts.policies,
    units: Object.fromEntries(facts.units),
    collectives: Object.fromEntries(facts.collectives),
    tasks: facts.tasks,
    reports: Object.fromEntries(facts.reports),
  };

const checkFacts = ({ knowledge }: Readers, { position, on, log }: Moment): Facts | undefined => {
  const known = knowledge.facts(DIRECTIVE, position);
  const facts = replayFacts(DIRECTIVE, log.map(replayed));
  demand('facts', plain(known), plain(facts));
  if (known === undefined || facts === undefined) return undefined;
  demand(`judgement on ${on}`, judge(known, { at: endOf(on), kinds: ALL }), judge(facts, { at: endOf(on), kinds: ALL }));
  demand(`plans owed on ${on}`, plansOwed(known, endOf(on)), plansOwed(facts, endOf(on)));
  demand(`standings on ${on}`, [...standings(known, endOf(on))], [...standings(facts, endOf(on))]);
  demand(`measurements on ${on}`, measured(known, endOf(on)), measured(facts, endOf(on)));
  const ofMarch = knowledge.facts(DIRECTIVE, position, ['2023-03']);
  const march = { at: endOf(on), kinds: ALL, period: '2023-03' };
  demand(`judgement of March on ${on}`, ofMarch && judge(ofMarch, march), judge(facts, march));
  return facts;
};

const checkReports = (task: string, state: Task, { knowledge, tasks }: Readers, { position }: Moment): void => {
  const rows = knowledge.reportsOn(task, position).map(({ report, submissions }) => {
    const newest = submissions.at(-1);
    const undecided = submissions.length > 1 ? 'amended' : 'submitted';
    return {
      report,
      state: newest?.acceptedAt != null ? 'accepted' : newest?.returnedAt != null ? 'returned' : undecided,
      percent: newest?.says.percent ?? null,
    };
  });
  const expected = Object.entries(state.reports).map(([report, { state: reportState, body }]) => ({
    report,
    state: reportState,
    percent: body.percent ?? null,
  }));
  demand(
    `rows of reports on ${task}`,
    rows,
    expected.toSorted((a, b) => (a.report < b.report ? -1 : 1)),
  );
  // One of them at each position: the whole of a report is read from the log.
  for (const [id, { body, ...report }] of Object.entries(state.reports)
    .slice(position % expected.length)
    .slice(0, 1)) {
    const { versions: _, revision: __, ...shown } = tasks.report(task, id, { position, moment: EVERYTHING }, null) ?? {};
    demand(`report ${id} on ${task}`, shown, { id, task, duty: null, ...report, ...body });
  }
};

type Dated = { readonly event: TaskEvent; readonly receivedAt: number };

/** What the events received by the end of a day, and the assignment, make of a task. */
const stoodOn = (on: string, events: readonly Dated[]) => {
  const came = events.filter(({ receivedAt }, index) => index === 0 || receivedAt <= endOf(on));
  const status = came.reduce<WithStatus>((before, { event }) => statusAfter(before, event), { status: 'assigned', suspendedFrom: null });
  const lists = came.flatMap(({ event, receivedAt }) => {
    if (event.type !== 'TaskAssigned' && event.type !== 'TaskReassigned') return [];
    const assignees = event.type === 'TaskAssigned' ? event.data.assignees : event.data.to;
    return [{ effectiveFrom: event.data.effectiveFrom, assignees, receivedAt }];
  });
  const leaders = came.flatMap(({ event }) =>
    event.type === 'TaskAssigned' ? [event.data.leaders] : event.type === 'LeaderChanged' ? [event.data.to] : [],
  );
  return { status: status.status, leaders: leaders.at(-1) ?? [], assignees: assigneesOn(lists, on) };
};

/** The deadline that binds by a replay of the log. */
const deadlineOn = (on: string, directive: string, task: string, log: readonly StoredEvent[]): string | null => {
  const facts = replayFacts(directive, log.map(replayed));
  const known = facts && factsAt(facts, momentAt(endOf(on), ZONE));
  const own = known?.tasks.find(({ id }) => id === task);
  return (known && own && bindingDeadline(own, known)?.deadline) ?? null;
};

const checkTask = (task: string, readers: Readers, moment: Moment, facts: Facts | undefined): void => {
  const { position, on, log } = moment;
  const events = log
    .filter(({ stream }) => stream === taskStream(task))
    .map(({ envelope: { type, data, receivedat } }) => ({
      // A task's stream holds task events.
      event: catalogue.fromWire(type, data) as TaskEvent,
      receivedAt: instantMillis(receivedat),
    }));
  const state = events.reduce<TaskState>((before, { event, receivedAt }) => evolveTask(before, event, receivedAt), null);
  const shown = readers.tasks.one(task, { position, moment: momentAt(endOf(on), ZONE) }, null);
  if (state === null || shown === undefined) {
    demand(task, shown, state);
    return;
  }
  demand(
    task,
    {
      status: shown.status,
      deadline: shown.deadline,
      originalDeadline: shown.originalDeadline,
      leaders: shown.leaders,
      assignees: shown.assignees.map(({ role, party, kind }) => ({ role, party, kind })),
      revision: shown.revision,
    },
    {
      ...stoodOn(on, events),
      deadline: deadlineOn(on, shown.directive, task, log),
      originalDeadline: state.originalDeadline,
      revision: events.length - 1,
    },
  );
  const judged = facts && totalsOf(judge(facts, { at: endOf(on), kinds: ALL }).obligations.filter((each) => each.task === task));
  if (judged !== undefined && shown.directive === DIRECTIVE) {
    const { owed, onTime, late, missing, notYetDue, awaiting } = judged;
    demand(`counts of ${task} on ${on}`, shown.compliance, { owed, onTime, late, missing, notYetDue, awaiting });
  }
  checkReports(task, state, readers, moment);
};

/** A unit's obligations, of one directive and of all, without reading what other units carry. */
const checkUnit = (unit: string, { knowledge }: Readers, { position, on }: Moment): void => {
  const question = { at: endOf(on), kinds: ALL, unit };
  const whole = knowledge.directives(position).map((directive) => knowledge.facts(directive, position));
  const expected = whole.flatMap((facts) => (facts === undefined ? [] : judge(facts, question).obligations));
  demand(
    `obligations of ${unit}`,
    knowledge.factsOfUnit(unit, position).flatMap((facts) => judge(facts, question).obligations),
    expected,
  );
  const ofOne = whole.find((facts) => facts?.directive === DIRECTIVE);
  demand(
    `obligations of ${unit} from one directive`,
    knowledge.factsOfUnit(unit, position, DIRECTIVE).flatMap((facts) => judge(facts, question).obligations),
    ofOne === undefined ? [] : judge(ofOne, question).obligations,
  );
};

/** What a reader has kept from other positions is what one that has kept nothing says. */
const checkKept = (task: string, { tasks }: Readers, { store, views }: Office, { position }: Moment): void => {
  const freshly = createKnowledge(views);
  const fresh = createTaskReader(views, store, freshly, createSight(views, freshly));
  for (const on of DAYS)
    for (const earlier of [0, 12, 6, 12].map((hours) => hours * 3_600_000)) {
      const at = () => ({ position, moment: momentAt(endOf(on) - earlier, ZONE) });
      demand(`${task}, kept, on ${on}`, tasks.one(task, at(), null), fresh.one(task, at(), null));
    }
};

/** Throws at the first position, of every `step`-th from the end, where the views say something else than the replay. */
const check = (office: Office, step: number): void => {
  const { store, views } = office;
  const knowledge = createKnowledge(views);
  const readers = { knowledge, tasks: createTaskReader(views, store, knowledge, createSight(views, knowledge)) };
  const log = store.readAll(0, 10_000);
  for (let position = log.length % step; position <= log.length; position += step)
    try {
      const moment = { position, on: DAYS[position % DAYS.length] ?? '', log: log.slice(0, position) };
      const facts = checkFacts(readers, moment);
      for (const task of TASKS) {
        checkTask(task, readers, moment, facts);
        checkKept(task, readers, office, moment);
      }
      for (const unit of UNITS) checkUnit(unit, readers, moment);
    } catch (error) {
      throw new Error(`as of ${position}`, { cause: error });
    }
};

await test('as of every position the views say what a replay up to there says, live and after a rebuild', async (t) => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 30, maxLength: 60 }), async (acts) => {
      const office = openOffice();
      try {
        await office.begin();
        for (const each of acts) await office.perform(each);
        await office.projector.caughtUp();
        for (const { type } of office.store
          .readAll(0, 10_000)
          .map(replayed)
          .map(({ event }) => event))
          seen.add(type);
        check(office, 1);
        const digest = office.views.digest();
        await office.projector.rebuild();
        demand('the rows after a rebuild', office.views.digest(), digest);
        check(office, 7);
      } finally {
        await office.close();
      }
    }),
    { numRuns: 4, examples: [[[...everyKind]]], endOnFailure: true },
  );
  const kinds: readonly string[] = [...taskEvents, ...rosterEvents].map(({ type }) => type);
  t.same(
    kinds.filter((kind) => !seen.has(kind)),
    [],
    'every kind of event was among them',
  );
});
