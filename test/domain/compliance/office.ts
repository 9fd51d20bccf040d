import { join } from 'node:path';
import * as fc from 'fast-check';
import { projections } from '../../../projections/index.ts';
import { catalogue, type DubanEvent } from '../../../src/domain/catalogue.ts';
import { directiveDecider, policyDecider } from '../../../src/domain/directives/decide.ts';
import type { PolicyRules } from '../../../src/domain/directives/events.ts';
import { directiveStream, policyStream } from '../../../src/domain/directives/state.ts';
import { createHandler, type Meta, type Outcome } from '../../../src/application/handler.ts';
import { unreachable } from '../../../src/kernel/decider.ts';
import { randomIds } from '../../../src/kernel/ids.ts';
import { startProjector } from '../../../src/projecting/projector.ts';
import { openViews } from '../../../src/projecting/views.ts';
import { rosterDecider, type RosterCommand } from '../../../src/domain/roster/decide.ts';
import { ROSTER_STREAM } from '../../../src/domain/roster/state.ts';
import { openSqliteStore } from '../../../src/store/sqlite.ts';
import type { TaskCommand } from '../../../src/domain/tasks/commands.ts';
import { taskDecider } from '../../../src/domain/tasks/decide.ts';
import { createDecisionContextReader, dayOf, resolveParties, scheduleFor } from '../../../src/application/tasks/decision-context.ts';
import { taskStream } from '../../../src/domain/tasks/state.ts';
import { settableClock } from '../../contract/drafts.ts';
import { temporaryDir } from '../../store/temporary-dir.ts';
import { at, COUNTIES, DISTRICT, FINANCE, rulesOf as noticeRules, SCIENCE, type PolicyGiven } from './fixtures.ts';

/** A year of an office at random: acts of every kind, sent through the handler to a real log that real views follow. */

export const DIRECTIVE = 'd-1';
const OTHER = 'd-2';
export const TASKS = ['task-1', 'task-2', 'task-of-another-directive'] as const;
export const UNITS = [SCIENCE, FINANCE, DISTRICT];
const PARTIES = [...UNITS, COUNTIES];

/** What is done, when it was received, and from a paper or not. Fields that the roster and the policies fill come later. */
export type Act = { readonly received: string; readonly basis: string | undefined } & (
  | { readonly to: 'roster'; readonly command: RosterCommand }
  | { readonly to: 'policy'; readonly rules: PolicyRules }
  | { readonly to: 'task'; readonly task: string; readonly does: Does }
);

/** A command on a task before its context is looked up. */
type Does =
  | { readonly type: 'SubmitReport'; readonly unit: string; readonly period: string; readonly percent: number }
  | { readonly type: 'Acknowledge' | 'SubmitPlan' | 'ClaimCompletion'; readonly unit: string }
  | { readonly type: 'RequestExtension'; readonly unit: string; readonly until: string }
  | { readonly type: 'Reassign'; readonly parties: readonly string[]; readonly effectiveFrom: string }
  | { readonly type: 'Ready'; readonly command: TaskCommand };

const instant = fc
  .integer({ min: at('2023-01-10T00:00:00+08:00'), max: at('2023-12-31T00:00:00+08:00') })
  .map((millis) => Temporal.Instant.fromEpochMilliseconds(millis - (millis % 1000)).toString());
const civilDay = instant.map((text) => text.slice(0, 10));
const unit = fc.constantFrom(...UNITS);
const period = fc.constantFrom('2023-01', '2023-03', '2023-06', '2023');
const n = fc.integer({ min: 1, max: 2 });
const why = { reason: '经研究', authority: '市政府' } as const;
const report = fc.tuple(unit, period).map(([who, when]) => `${who}-${when}`);

/** An arbitrary of a fixed value for each field. */
const constants = <Fields extends Record<string, string>>(
  fields: Fields,
): { readonly [Name in keyof Fields]: fc.Arbitrary<Fields[Name]> } =>
  // The cast gives the entries back the names that Object.entries takes away.
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, fc.constant(value)])) as {
    [Name in keyof Fields]: fc.Arbitrary<Fields[Name]>;
  };

const amendment = fc.record(
  {
    number: fc.integer({ min: 1, max: 5 }),
    text: fc.constantFrom('研发投入强度达到2.5%。', '研发投入强度达到2.6%。'),
    theme: fc.option(fc.record({ number: fc.constantFrom(1, 2), name: fc.constant('创新') })),
    deadline: fc.option(civilDay),
    deadlineTerms: fc.option(
      civilDay.map((due) => ({
        printed: '年底前',
        kind: 'period' as const,
        precision: 'year' as const,
        milestones: [{ title: '方案', due }],
      })),
    ),
    measurements: fc.constantFrom([], [{ metric: '研发投入强度', comparator: 'gte' as const, target: '2.6', unit: '%' }]),
  },
  { requiredKeys: [] },
);

const ready = (command: fc.Arbitrary<TaskCommand>): fc.Arbitrary<Does> => command.map((each) => ({ type: 'Ready', command: each }));

const does: fc.Arbitrary<Does> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant('SubmitReport'), unit, period, percent: fc.integer({ min: 0, max: 100 }) }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constantFrom('Acknowledge', 'SubmitPlan', 'ClaimCompletion'), unit }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('Reassign'),
      parties: fc.uniqueArray(fc.constantFrom(...PARTIES), { minLength: 1 }),
      effectiveFrom: civilDay,
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('RequestExtension'), unit, until: civilDay }) },
  {
    weight: 8,
    arbitrary: ready(
      fc.oneof(
        fc.record({
          type: fc.constant('AmendReport'),
          unit,
          report,
          changes: fc.record({ percent: fc.integer({ min: 0, max: 100 }) }),
          reason: fc.constant('更正'),
        }),
        fc.record({ type: fc.constant('SendBackReport'), report, reason: fc.constant('数据不全') }),
        fc.record({ type: fc.constant('AcceptReport'), report }),
        fc.record({ type: fc.constant('DecideExtension'), n, granted: fc.boolean(), until: fc.option(civilDay), ...constants(why) }),
        fc.record({ type: fc.constant('DecideClaim'), n, verified: fc.boolean(), reason: fc.constant('核实') }),
        fc.record({ type: fc.constant('ChangeLeaders'), leaders: fc.subarray(['万战伟', '杨红忠']), ...constants(why) }),
        fc.record({ type: fc.constant('Amend'), to: amendment, effectiveFrom: civilDay, ...constants(why) }),
        fc.record({
          type: fc.constantFrom(
            'Suspend' as const,
            'Resume' as const,
            'Resume' as const,
            'Cancel' as const,
            'Reopen' as const,
            'Reopen' as const,
          ),
          ...constants(why),
        }),
      ),
    ),
  },
);

const rosterCommand: fc.Arbitrary<RosterCommand> = fc.oneof(
  fc.record({ type: fc.constant('SetMembers'), collective: fc.constant(COUNTIES), members: fc.subarray(UNITS), from: civilDay }),
  fc.record({
    type: fc.constant('RenameUnit'),
    unit,
    name: fc.constantFrom('甲局', '乙局', '丙局'),
    from: civilDay,
    reason: fc.constant('机构改革'),
  }),
  fc.record({ type: fc.constant('MergeUnit'), unit, into: unit, from: civilDay, reason: fc.constant('机构改革') }),
);

const CALENDAR: PolicyRules['calendar'] = {
  source: '公告',
  years: {
    '2022': { holidays: [], workdays: [] },
    '2023': { holidays: ['2023-03-30'], workdays: ['2023-04-01'] },
    '2024': { holidays: ['2024-01-01'], workdays: [] },
  },
};

const rules: fc.Arbitrary<PolicyRules> = fc
  .record({
    effectiveFrom: civilDay,
    annual: fc.constantFrom(null, { year: 2023, due: '12-25' }),
    monthly: fc.option(
      fc.record({ from: fc.constant('2023-01'), to: fc.constantFrom('2023-06', '2023-12'), day: fc.integer({ min: 1, max: 31 }) }),
    ),
    bound: fc.constantFrom('inclusive', 'exclusive'),
    decides: fc.constantFrom('first-submission', 'first-accepted'),
    cutoff: fc.constantFrom('24:00', '17:30'),
    shift: fc.constantFrom('none', 'next-working-day'),
    lateExtensions: fc.constantFrom('excuse', 'ignore', 'count'),
    behind: fc.constantFrom('declared', 'pro-rata'),
    completed: fc.constantFrom('release', 'owe'),
    calendar: fc.constant(CALENDAR),
  })
  .map((more) => rulesOf(more));

const rulesOf = (more: PolicyGiven): PolicyRules =>
  noticeRules({ reporters: { target: [], task: ['lead', 'cooperating'], item: ['lead'] }, ...more });

export const act: fc.Arbitrary<Act> = fc.tuple(instant, fc.option(fc.constant('来文'), { nil: undefined })).chain(([received, basis]) =>
  fc.oneof(
    { weight: 2, arbitrary: rosterCommand.map((command): Act => ({ received, basis, to: 'roster', command })) },
    { weight: 1, arbitrary: rules.map((each): Act => ({ received, basis, to: 'policy', rules: each })) },
    {
      weight: 12,
      arbitrary: fc.tuple(fc.constantFrom(...TASKS), does).map(([task, each]): Act => ({ received, basis, to: 'task', task, does: each })),
    },
  ),
);

const metaOf = (received: string, basis?: string): Meta => ({
  actor: { sub: 'office-1', role: 'office' },
  receivedAt: Temporal.Instant.from(received),
  basis,
});

type TaskAct = Extract<Act, { readonly to: 'task' }>;
const entered = (received: string, each: Does, task = 'task-1'): TaskAct => ({
  received: `2023-${received}T09:00:00+08:00`,
  basis: undefined,
  to: 'task',
  task,
  does: each,
});
const office = (received: string, command: TaskCommand): TaskAct => entered(received, { type: 'Ready', command });
const onJanuary = `${SCIENCE}-2023-01`;

/** A year in which every kind of event on tasks and in the roster happens; random years rarely get so far. */
export const everyKind: readonly Act[] = [
  {
    received: '2023-01-11T09:00:00+08:00',
    basis: '来文',
    to: 'roster',
    command: { type: 'SetMembers', collective: COUNTIES, members: [DISTRICT], from: '2023-01-10' },
  },
  {
    received: '2023-01-11T10:00:00+08:00',
    basis: '来文',
    to: 'roster',
    command: { type: 'AddAlias', unit: SCIENCE, alias: '科技主管部门' },
  },
  entered('01-12', { type: 'Acknowledge', unit: SCIENCE }),
  entered('01-13', { type: 'SubmitPlan', unit: SCIENCE }),
  office('01-14', { type: 'SendBackPlan', n: 1, reason: '缺时间节点' }),
  entered('01-15', { type: 'SubmitPlan', unit: SCIENCE }),
  office('01-16', { type: 'AcceptPlan', n: 2 }),
  entered('01-20', { type: 'SubmitReport', unit: SCIENCE, period: '2023-01', percent: 10 }),
  office('01-21', { type: 'SendBackReport', report: onJanuary, reason: '数据不全' }),
  office('02-01', {
    type: 'AmendReport',
    unit: SCIENCE,
    report: onJanuary,
    changes: { percent: 12, measurements: [{ metric: '研发投入强度', value: '2.1' }] },
    reason: '更正',
  }),
  office('02-02', { type: 'AcceptReport', report: onJanuary }),
  {
    received: '2023-02-10T09:00:00+08:00',
    basis: undefined,
    to: 'policy',
    rules: rulesOf({ effectiveFrom: '2023-03-01', cutoff: '17:30', decides: 'first-accepted' }),
  },
  office('03-01', {
    type: 'Remind',
    unit: SCIENCE,
    day: '2023-03-01',
    parties: { units: new Map(), collectives: new Map() },
    period: '2023-02',
    channel: '电话',
    text: null,
  }),
  entered('03-05', { type: 'SubmitReport', unit: SCIENCE, period: '2023-03', percent: 30 }),
  { ...office('03-20', { type: 'Suspend', ...why }), task: 'task-2' },
  entered('03-21', { type: 'Acknowledge', unit: DISTRICT }, 'task-2'),
  { ...office('03-25', { type: 'Resume', ...why }), task: 'task-2' },
  entered('03-31', { type: 'SubmitReport', unit: DISTRICT, period: '2023-03', percent: 30 }, 'task-2'),
  office('04-01', { type: 'ChangeLeaders', leaders: ['万战伟'], ...why }),
  entered('04-10', { type: 'RequestExtension', unit: SCIENCE, until: '2023-08-31' }),
  office('04-11', { type: 'DecideExtension', n: 1, granted: false, until: null, ...why }),
  entered('05-10', { type: 'RequestExtension', unit: SCIENCE, until: '2023-08-31' }),
  office('05-11', { type: 'DecideExtension', n: 2, granted: true, until: '2023-07-31', ...why }),
  office('05-11', {
    type: 'Amend',
    to: { number: 5, text: '研发投入强度达到2.6%。', theme: { number: 2, name: '创新' }, deadline: '2023-08-31' },
    effectiveFrom: '2023-05-20',
    ...why,
  }),
  entered('05-12', { type: 'Reassign', parties: [SCIENCE, DISTRICT], effectiveFrom: '2023-05-15' }),
  office('06-01', { type: 'Suspend', ...why }),
  entered('06-05', { type: 'SubmitReport', unit: DISTRICT, period: '2023-06', percent: 60 }),
  office('06-10', { type: 'Resume', ...why }),
  entered('07-01', { type: 'ClaimCompletion', unit: SCIENCE }),
  office('07-02', { type: 'DecideClaim', n: 1, verified: false, reason: '证据不足' }),
  entered('07-05', { type: 'ClaimCompletion', unit: SCIENCE }),
  office('07-06', { type: 'DecideClaim', n: 2, verified: true, reason: '属实' }),
  office('08-01', { type: 'Reopen', ...why }),
  {
    received: '2023-08-18T09:00:00+08:00',
    basis: '公告',
    to: 'roster',
    command: { type: 'RenameUnit', unit: FINANCE, name: '市财政金融局', from: '2023-07-20', reason: '机构改革' },
  },
  {
    received: '2023-09-01T09:00:00+08:00',
    basis: undefined,
    to: 'roster',
    command: { type: 'MergeUnit', unit: DISTRICT, into: SCIENCE, from: '2023-09-01', reason: '机构改革' },
  },
  office('10-01', { type: 'Cancel', ...why }),
];

export const openOffice = () => {
  const dir = temporaryDir();
  const clock = settableClock(at('2024-01-01T00:00:00+08:00'));
  const store = openSqliteStore({ path: join(dir.path, 'log.sqlite'), clock });
  const views = openViews(join(dir.path, 'views.sqlite'), projections, catalogue);
  const projector = startProjector({
    store,
    views,
    onError: (error) => {
      throw error;
    },
  });
  const handler = createHandler<DubanEvent>({ store, catalogue, clock, ids: randomIds });
  const contextReader = () => createDecisionContextReader(handler, 'Asia/Shanghai');

  const commandOf = async (task: string, asked: Does, meta: Meta): Promise<TaskCommand> => {
    if (asked.type === 'Ready') return asked.command;
    const known = await contextReader().ofReport(task, undefined);
    if (known === undefined) throw new Error(`no task ${task}`);
    if (asked.type === 'Reassign') {
      const assignees = resolveParties(
        known.roster,
        asked.parties.map((party, index) => ({ party, role: index === 0 ? 'lead' : 'cooperating' })),
      );
      return { type: 'Reassign', assignees, effectiveFrom: asked.effectiveFrom, ...why };
    }
    const by = { unit: asked.unit, day: dayOf(meta, known), parties: known.roster };
    switch (asked.type) {
      case 'SubmitReport': {
        const schedule = scheduleFor(known.policies, { period: asked.period });
        return {
          type: 'SubmitReport',
          ...by,
          ...schedule,
          period: asked.period,
          body: { status: 'on-track', percent: asked.percent, narrative: '进展' },
        };
      }
      case 'SubmitPlan':
        return { type: 'SubmitPlan', ...by, milestones: [{ title: '方案', due: '2023-06-30' }], leader: '张三', measures: '调度' };
      case 'ClaimCompletion':
        return { type: 'ClaimCompletion', ...by, evidence: '验收', attachments: undefined };
      case 'RequestExtension':
        return { type: 'RequestExtension', ...by, until: asked.until, reason: '汛期' };
      case 'Acknowledge':
        return { type: 'Acknowledge', ...by };
      default:
        return unreachable(asked);
    }
  };

  const perform = async (done: Act): Promise<Outcome<unknown>> => {
    const meta = metaOf(done.received, done.basis);
    switch (done.to) {
      case 'roster':
        return handler.handle(rosterDecider, ROSTER_STREAM, done.command, meta);
      case 'policy':
        return handler.handle(
          policyDecider,
          policyStream(DIRECTIVE),
          { type: 'AdoptPolicy', directive: DIRECTIVE, directiveKnown: true, onlyFirst: false, form: 'short', rules: done.rules },
          meta,
        );
      case 'task':
        return handler.handle(taskDecider, taskStream(done.task), await commandOf(done.task, done.does, meta), meta);
      default:
        return unreachable(done);
    }
  };

  /** The roster, two directives, a policy for each, and three tasks. */
  const begin = async (): Promise<void> => {
    const meta = metaOf('2023-01-10T09:00:00+08:00');
    for (const id of UNITS)
      await handler.handle(rosterDecider, ROSTER_STREAM, { type: 'RegisterUnit', unit: id, name: id, kind: null, aliases: [] }, meta);
    await handler.handle(
      rosterDecider,
      ROSTER_STREAM,
      { type: 'DefineCollective', collective: COUNTIES, name: '各县(市、区)政府', members: null, from: '2023-01-10' },
      meta,
    );
    for (const directive of [DIRECTIVE, OTHER]) {
      const heading = {
        directive,
        number: '1号',
        title: '通知',
        issuer: '办公室',
        date: '2023-01-10',
        timeZone: 'Asia/Shanghai',
        completesImport: false,
      };
      await handler.handle(directiveDecider, directiveStream(directive), { type: 'IssueDirective', ...heading }, meta);
      await handler.handle(
        policyDecider,
        policyStream(directive),
        { type: 'AdoptPolicy', directive, directiveKnown: true, onlyFirst: false, form: 'short', rules: rulesOf({}) },
        meta,
      );
    }
    for (const [index, task] of TASKS.entries()) {
      const roster = await contextReader().roster();
      const assign: TaskCommand = {
        type: 'AssignTask',
        task,
        directive: index === 2 ? OTHER : DIRECTIVE,
        directiveKnown: true,
        kind: index === 0 ? 'task' : 'item',
        number: index + 1,
        title: '研发投入',
        text: '全年研发投入强度达到2.4%以上。',
        sourceLine: null,
        theme: null,
        group: null,
        parent: null,
        parentKnown: true,
        assignees: resolveParties(roster, [
          { role: 'lead', party: index === 1 ? COUNTIES : SCIENCE },
          { role: 'cooperating', party: FINANCE },
        ]),
        leaders: ['杨红忠'],
        deadline: index === 1 ? null : '2023-06-30',
        measurements: [{ metric: '研发投入强度', comparator: 'gte', target: '2.4', unit: '%' }],
        effectiveFrom: '2023-01-10',
      };
      await handler.handle(taskDecider, taskStream(task), assign, meta);
    }
  };

  return {
    store,
    views,
    projector,
    begin,
    perform,
    close: async () => {
      await projector.close();
      views.close();
      await store.close();
      dir.remove();
    },
  };
};
