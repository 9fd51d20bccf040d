import { catalogue, type DubanEvent } from '../../src/domain/catalogue.ts';
import { DirectiveIssued, PolicyAdopted, UNSAID } from '../../src/domain/directives/events.ts';
import { inLongForm } from '../../src/domain/directives/short-form.ts';
import { directiveStream, policyStream } from '../../src/domain/directives/state.ts';
import { instantText } from '../../src/kernel/clock.ts';
import type { Actor, Draft } from '../../src/kernel/envelope.ts';
import { derivedId } from '../../src/kernel/ids.ts';
import { UnitRegistered } from '../../src/domain/roster/events.ts';
import { ROSTER_STREAM } from '../../src/domain/roster/state.ts';
import {
  ExtensionGranted,
  ExtensionRequested,
  LeaderChanged,
  ReportAccepted,
  ReportAmended,
  ReportSubmitted,
  TaskAssigned,
} from '../../src/domain/tasks/events.ts';
import { reportId } from '../../src/domain/tasks/report-id.ts';
import { taskStream } from '../../src/domain/tasks/state.ts';

/**
 * Logs that a program makes up: an office's years of directives, each with the same number of tasks and units, so that
 * a log grows by what is added to it and not by what is asked of it. The same arguments give the same log.
 */

export type Step = {
  readonly stream: string;
  readonly draft: Draft;
  /** When it is received and recorded, epoch ms. */ readonly at: number;
};

/** Directives of one year, `directives` of them side by side, each of `tasks` tasks that `carriers` units report on every month. */
export type Office = { readonly directives: number; readonly tasks: number; readonly carriers: number; readonly units: number };

const FIRST_YEAR = 2023;
const MONTHS = 12;
const DAY = 86_400_000;

export const unitId = (n: number): string => `dan-wei-${String(n).padStart(3, '0')}`;
export const directiveId = (year: number, n: number): string => `duban-${year}-${n}`;
export const taskId = (directive: string, n: number): string => `${directive}-task-${n}`;
export const periodOf = (year: number, month: number): string => `${year}-${String(month).padStart(2, '0')}`;

/** The units that report on a task: neighbours in the roster, the first of them in the lead. */
export const carriersOf = ({ units, carriers }: Office, directive: number, task: number): readonly string[] =>
  Array.from({ length: carriers }, (_, place) => unitId((directive * 7 + task * 3 + place) % units));

const NARRATIVE =
  '按照年度目标任务分解方案,本月完成项目前期手续办理,施工单位已进场,累计完成投资占年度计划的六成;存在的问题是部分地块征收进度偏慢,下一步将倒排工期、挂图作战,确保按期完成。';

const OFFICE: Actor = { sub: 'office', role: 'office' };
const unitActor = (unit: string): Actor => ({ sub: unit, role: 'unit', unit });

/** Numbers in [0, 1) that are the same in every run (mulberry32). */
const randomNumbers = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

type Happening = { readonly at: number; readonly stream: string; readonly actor: Actor; readonly event: DubanEvent };

const stepsOf = (happenings: readonly Happening[], from: number): readonly Step[] =>
  happenings.map(({ at, stream, actor, event }, index) => {
    const id = derivedId('synthetic', String(from + index));
    return {
      stream,
      at,
      draft: {
        id,
        ...catalogue.toWire(event),
        subject: stream,
        actor,
        receivedat: instantText(Temporal.Instant.fromEpochMilliseconds(at)),
        correlation: id,
      },
    };
  });

const rosterOf = ({ units }: Office, at: number): readonly Happening[] =>
  Array.from({ length: units }, (_, n) => ({
    at,
    stream: ROSTER_STREAM,
    actor: OFFICE,
    event: UnitRegistered({ unit: unitId(n), name: `第${n}局`, kind: null, aliases: [] }),
  }));

const assigned = (office: Office, year: number, n: number, at: number): readonly Happening[] => {
  const directive = directiveId(year, n);
  const date = `${year}-01-03`;
  const tasks = Array.from({ length: office.tasks }, (_, task): Happening => {
    const assignees = carriersOf(office, n, task).map((party, place) => ({
      role: place === 0 ? ('lead' as const) : ('cooperating' as const),
      party,
      kind: 'unit' as const,
    }));
    return {
      at,
      stream: taskStream(taskId(directive, task)),
      actor: OFFICE,
      event: TaskAssigned({
        directive,
        kind: 'task',
        number: task + 1,
        title: `重点任务第${task + 1}项`,
        text: `${task + 1}.${NARRATIVE}`,
        sourceLine: task + 10,
        theme: { number: (task % 9) + 1, name: '稳增长' },
        group: null,
        parent: null,
        assignees,
        leaders: ['张三'],
        deadline: `${year}-11-30`,
        measurements: [],
        effectiveFrom: date,
      }),
    };
  });
  return [
    {
      at,
      stream: directiveStream(directive),
      actor: OFFICE,
      event: DirectiveIssued({
        directive,
        number: `办字〔${year}〕${n + 1}号`,
        title: '年度重点工作',
        issuer: '督办室',
        date,
        timeZone: 'Asia/Shanghai',
      }),
    },
    {
      at,
      stream: policyStream(directive),
      actor: OFFICE,
      event: PolicyAdopted({
        directive,
        version: 1,
        effectiveFrom: date,
        timeZone: 'Asia/Shanghai',
        bound: 'inclusive',
        decides: 'first-submission',
        completed: 'release',
        ...UNSAID,
        ...inLongForm({
          monthly: { from: periodOf(year, 1), to: periodOf(year, MONTHS), day: 30 },
          annual: { year, due: '12-25' },
          cutoff: '24:00',
          shift: 'none',
          reporters: { target: ['lead'], task: ['lead', 'cooperating'], item: ['responsible'] },
        }),
      }),
    },
    ...tasks,
  ];
};

/** One month of one task: most units report, a few late, a few never; some reports are amended or accepted, some tasks changed. */
const reported = (office: Office, year: number, n: number, task: number, month: number, random: () => number): readonly Happening[] => {
  const id = taskId(directiveId(year, n), task);
  const stream = taskStream(id);
  const period = periodOf(year, month);
  const monthBegins = Date.UTC(year, month - 1, 1);
  const happenings = carriersOf(office, n, task).flatMap((unit): Happening[] => {
    if (random() < 0.04) return [];
    const at = Math.floor(monthBegins + (18 + random() * 14) * DAY);
    const report = reportId(unit, period);
    const actor = unitActor(unit);
    const submitted: Happening = {
      at,
      stream,
      actor,
      event: ReportSubmitted({ report, unit, period, status: 'on-track', percent: Math.floor(random() * 100), narrative: NARRATIVE }),
    };
    if (random() < 0.05)
      return [
        submitted,
        {
          at: at + DAY,
          stream,
          actor,
          event: ReportAmended({ report, unit, period, changes: { percent: 100 }, reason: '数据核实后更正' }),
        },
      ];
    if (random() < 0.1) return [submitted, { at: at + 2 * DAY, stream, actor: OFFICE, event: ReportAccepted({ report, unit, period }) }];
    return [submitted];
  });
  const at = Math.floor(monthBegins + random() * 10 * DAY);
  // Once a year each, on some of the tasks, so that tasks have versions too.
  if (task % MONTHS === month)
    happenings.push({
      at,
      stream,
      actor: OFFICE,
      event: LeaderChanged({ from: ['张三'], to: [`李${task}`], reason: '分工调整', authority: '市政府办公室' }),
    });
  const [lead = ''] = carriersOf(office, n, task);
  if (month === 10 && task % 8 === 0)
    happenings.push(
      {
        at,
        stream,
        actor: unitActor(lead),
        event: ExtensionRequested({ n: 1, unit: lead, until: `${year}-12-31`, reason: '手续未完', deadline: `${year}-11-30` }),
      },
      {
        at: at + DAY,
        stream,
        actor: OFFICE,
        event: ExtensionGranted({ n: 1, from: `${year}-11-30`, until: `${year}-12-31`, reason: '同意', authority: '市政府办公室' }),
      },
    );
  return happenings;
};

const range = (length: number): readonly number[] => Array.from({ length }, (_, n) => n);

/** A year's reports on all its directives, mixed as they come in. */
const monthOf = (office: Office, year: number, month: number, random: () => number): readonly Happening[] =>
  range(office.directives)
    .flatMap((n) => range(office.tasks).flatMap((task) => reported(office, year, n, task, month, random)))
    .sort((a, b) => a.at - b.at);

/** The office's first directive and its year, which stand in every log that holds a whole year. */
export const JUDGED = {
  directive: directiveId(FIRST_YEAR, 0),
  year: FIRST_YEAR,
  task: (n: number): string => taskId(directiveId(FIRST_YEAR, 0), n),
} as const;

/** Directives assigned and no report: what is needed to take reports. */
export function* assignedOffice(office: Office): Generator<Step> {
  const at = Date.UTC(FIRST_YEAR, 0, 3);
  const happenings = [...rosterOf(office, at), ...range(office.directives).flatMap((n) => assigned(office, FIRST_YEAR, n, at))];
  yield* stepsOf(happenings, 0);
}

/** An office year after year, without end. Record times follow each other. */
export function* reportingOffice(office: Office): Generator<Step> {
  const random = randomNumbers(20230103);
  let count = 0;
  const recorded = (happenings: readonly Happening[]): readonly Step[] => {
    const steps = stepsOf(happenings, count);
    count += steps.length;
    return steps;
  };
  yield* recorded(rosterOf(office, Date.UTC(FIRST_YEAR, 0, 2)));
  for (let year = FIRST_YEAR; ; year += 1) {
    yield* recorded(range(office.directives).flatMap((n) => assigned(office, year, n, Date.UTC(year, 0, 3))));
    for (let month = 1; month <= MONTHS; month += 1) yield* recorded(monthOf(office, year, month, random));
  }
}
