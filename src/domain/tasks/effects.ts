import { becomes, resumes, signedFor, stays, suspends, underWay, type Step, type WithStatus } from './status.ts';
import type { TaskEvent } from './events.ts';

/**
 * What each event of a task means to those who read tasks: one row an event. A new event does not compile without its
 * row, and whatever else must know of it does not compile, or fails a test, until it does.
 */
type Effect = {
  /** The step that the task's status takes. */
  readonly status: Step;
  /** Whether it is a fact of the task, or of one of its reports, that is judged or shown at a moment (`compliance/evolve-facts.ts`). */
  readonly judged: 'task' | 'report' | null;
  /** As what it stands in the register of changes: a change on somebody's authority, for a reason. */
  readonly change: string | null;
  /** What counts from 1 in the task, where it makes or settles one of them. */
  readonly counted: 'plans' | 'extensions' | 'claims' | null;
  /** Whether a notice might speak otherwise of a unit: by what the unit sent and was granted or accepted, or by what else was decided. */
  readonly notice: 'reported' | 'decided' | null;
  /**
   * By which of the units that carry the task it may be seen: by all, or by its own alone, which says it or is answered.
   * `outcome`: all see what has become of the task, and its own what was said about it.
   */
  readonly seen: 'all' | 'own' | 'outcome';
};

export const TASK_EFFECTS = {
  TaskAssigned: { status: becomes('assigned'), judged: 'task', change: null, counted: null, notice: null, seen: 'all' },
  AssignmentAcknowledged: { status: signedFor, judged: 'task', change: null, counted: null, notice: null, seen: 'own' },
  PlanSubmitted: { status: stays, judged: 'task', change: null, counted: 'plans', notice: 'reported', seen: 'own' },
  PlanReturned: { status: stays, judged: 'task', change: null, counted: 'plans', notice: 'decided', seen: 'own' },
  PlanAccepted: { status: stays, judged: 'task', change: null, counted: 'plans', notice: 'reported', seen: 'own' },
  ReportSubmitted: { status: underWay, judged: 'report', change: null, counted: null, notice: 'reported', seen: 'own' },
  ReportAmended: { status: stays, judged: 'report', change: null, counted: null, notice: 'reported', seen: 'own' },
  ReportReturned: { status: stays, judged: 'report', change: null, counted: null, notice: 'decided', seen: 'own' },
  ReportAccepted: { status: stays, judged: 'report', change: null, counted: null, notice: 'reported', seen: 'own' },
  TaskReassigned: { status: stays, judged: 'task', change: 'assignees', counted: null, notice: 'decided', seen: 'all' },
  LeaderChanged: { status: stays, judged: 'task', change: 'leaders', counted: null, notice: null, seen: 'all' },
  TaskAmended: { status: stays, judged: 'task', change: 'amendment', counted: null, notice: 'decided', seen: 'all' },
  ExtensionRequested: { status: stays, judged: 'task', change: null, counted: 'extensions', notice: 'reported', seen: 'own' },
  ExtensionGranted: { status: stays, judged: 'task', change: 'deadline', counted: 'extensions', notice: 'reported', seen: 'outcome' },
  ExtensionRefused: { status: stays, judged: 'task', change: null, counted: 'extensions', notice: 'decided', seen: 'own' },
  ReminderSent: { status: stays, judged: null, change: null, counted: null, notice: null, seen: 'own' },
  CompletionClaimed: { status: becomes('claimed'), judged: 'task', change: null, counted: 'claims', notice: 'reported', seen: 'own' },
  CompletionVerified: {
    status: becomes('completed'),
    judged: 'task',
    change: null,
    counted: 'claims',
    notice: 'reported',
    seen: 'outcome',
  },
  CompletionRejected: { status: becomes('in-progress'), judged: 'task', change: null, counted: 'claims', notice: 'decided', seen: 'own' },
  TaskSuspended: { status: suspends, judged: 'task', change: 'suspension', counted: null, notice: 'decided', seen: 'all' },
  TaskResumed: { status: resumes, judged: 'task', change: 'resumption', counted: null, notice: 'decided', seen: 'all' },
  TaskCancelled: { status: becomes('cancelled'), judged: 'task', change: 'cancellation', counted: null, notice: 'decided', seen: 'all' },
  TaskReopened: { status: becomes('in-progress'), judged: 'task', change: 'reopening', counted: null, notice: 'decided', seen: 'all' },
} as const satisfies Readonly<Record<TaskEvent['type'], Effect>>;

type Effects = typeof TASK_EFFECTS;

/** Kinds of changes, in the order of the table. */
export type ChangeKind = NonNullable<Effects[keyof Effects]['change']>;
export const changeKinds: readonly ChangeKind[] = [...new Set(Object.values(TASK_EFFECTS).flatMap(({ change }) => change ?? []))];

type TypesWith<Column extends keyof Effect, Value> = {
  [Type in keyof Effects]: Effects[Type][Column] extends Value ? Type : never;
}[keyof Effects];

/** The types of events in whose rows a column has this value; without one, any but null. */
export const typesWith = <Column extends 'judged' | 'change' | 'counted' | 'notice', Value extends NonNullable<Effect[Column]>>(
  column: Column,
  value?: Value,
): readonly TypesWith<Column, Value>[] =>
  Object.entries<Effect>(TASK_EFFECTS)
    .filter(([, { [column]: held }]) => (value === undefined ? held !== null : held === value))
    // The cast: what is left are the types in whose rows the value stands.
    .map(([type]) => type as TypesWith<Column, Value>);

/** A task's status after an event; before its assignment it has none. */
export const statusAfter = (before: WithStatus | null, { type }: Pick<TaskEvent, 'type'>): WithStatus =>
  TASK_EFFECTS[type].status(before ?? { status: 'assigned', suspendedFrom: null });

/** A step that the status takes: the type of the event, and when it was received, epoch ms. */
export type StepFact = { readonly type: TaskEvent['type']; readonly receivedAt: number };

/**
 * The steps after an event, in the order of recording; the same list where it adds none. A further signature or report
 * changes no status that the first has changed, so it is noted only where it was received before it.
 */
export const stepsAfter = (steps: readonly StepFact[], { type }: Pick<TaskEvent, 'type'>, receivedAt: number): readonly StepFact[] => {
  const step: Step = TASK_EFFECTS[type].status;
  if (step === stays) return steps;
  const isSecond = (step === signedFor || step === underWay) && steps.some((each) => each.type === type && each.receivedAt <= receivedAt);
  return isSecond ? steps : [...steps, { type, receivedAt }];
};

/** The status by the steps that had been received. The assignment is the first, whenever it was. */
export const statusBy = (steps: readonly StepFact[], reached: (instant: number) => boolean): WithStatus['status'] =>
  steps.reduce<WithStatus>((before, step, index) => (index === 0 || reached(step.receivedAt) ? statusAfter(before, step) : before), {
    status: 'assigned',
    suspendedFrom: null,
  }).status;
