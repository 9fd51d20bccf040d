import { instantMillis } from '../kernel/clock.ts';
import { unreachable } from '../kernel/decider.ts';
import { isOneOf } from '../kernel/event.ts';
import type { DubanEvent } from './catalogue.ts';
import { evolvePolicies, type Policies } from './directives/state.ts';
import { directiveEvents, type DirectiveEvent } from './directives/events.ts';
import type { ImportEvent } from './imports/events.ts';
import type { InspectionEvent } from './inspections/events.ts';
import type { LedgerEvent } from './ledger/events.ts';
import type { NoticeEvent } from './notices/events.ts';
import type { ContactEvent, ErasureEvent } from './personal/events.ts';
import type { ReminderEvent, RuleEvent } from './reminders/events.ts';
import type { ReturnEvent } from './returns/events.ts';
import { rosterEvents } from './roster/events.ts';
import { emptyRoster, evolveRoster } from './roster/state.ts';
import type { SnapshotEvent } from './snapshots/events.ts';
import { isTaskEvent, type TaskEvent } from './tasks/events.ts';
import {
  assignedFacts,
  changesReportFacts,
  evolveReportFacts,
  evolveTaskFacts,
  submittedFacts,
  type ReportFactsEvent,
} from './compliance/evolve-facts.ts';
import { taskStream } from './tasks/state.ts';
import { byTask, inDocumentOrder, type Facts, type ReportFacts, type TaskFacts } from './compliance/facts.ts';

/**
 * The facts of one directive by replaying events, without any view: how a snapshot is verified against the log,
 * and the oracle that the views are tested with.
 */

export type Replayed = { readonly event: DubanEvent; readonly stream: string; readonly receivedAt: string };

/** A replay under way: the facts can be asked for at any event, and it goes on from there. */
export type Replay = {
  readonly apply: (replayed: Replayed) => void;
  /** Undefined as long as the directive is not known. */
  readonly facts: () => Facts | undefined;
};

const isRosterEvent = isOneOf(rosterEvents);
const isDirectiveEvent = isOneOf(directiveEvents);

/** Events that nothing is judged by. */
const passOver = (
  _:
    | ReturnEvent
    | SnapshotEvent
    | NoticeEvent
    | InspectionEvent
    | LedgerEvent
    | ImportEvent
    | ContactEvent
    | ErasureEvent
    | RuleEvent
    | ReminderEvent,
): void => undefined;

export const startReplay = (directive: string): Replay => {
  let heading: Extract<DirectiveEvent, { type: 'DirectiveImported' | 'DirectiveIssued' | 'DirectiveAmended' }>['data'] | undefined;
  let roster = emptyRoster;
  let policies: Policies = [];
  const tasks = new Map<string, TaskFacts>();
  const reports = new Map<string, ReportFacts>();

  const replayReport = (task: string, event: ReportFactsEvent, receivedAt: number): void => {
    const key = `${task}/${event.data.report}`;
    if (event.type === 'ReportSubmitted') reports.set(key, submittedFacts(task, { event, receivedAt }));
    else {
      const report = reports.get(key);
      if (report !== undefined) reports.set(key, evolveReportFacts(report, { event, receivedAt }));
    }
  };

  const replayTask = (id: string, event: TaskEvent, receivedAt: number): void => {
    if (event.type === 'TaskAssigned') {
      if (event.data.directive === directive) tasks.set(id, assignedFacts(id, { event, receivedAt }));
      return;
    }
    const task = tasks.get(id);
    if (task === undefined) return; // another directive's task
    if (changesReportFacts(event)) replayReport(id, event, receivedAt);
    else tasks.set(id, evolveTaskFacts(task, { event, receivedAt }));
  };

  const replayDirective = (event: DirectiveEvent): void => {
    switch (event.type) {
      case 'DirectiveImported':
      case 'DirectiveIssued':
      case 'DirectiveAmended':
        if (event.data.directive === directive) heading = event.data;
        return;
      case 'FindingRaised':
      case 'FindingRaisedByHand':
      case 'FindingDecided':
        return;
      default:
        unreachable(event);
    }
  };

  const apply = ({ event, stream, receivedAt: receipt }: Replayed): void => {
    const receivedAt = instantMillis(receipt);
    if (isTaskEvent(event)) {
      const task = taskStream.idIn(stream);
      if (task !== undefined) replayTask(task, event, receivedAt);
    } else if (isRosterEvent(event)) roster = evolveRoster(roster, event, receivedAt);
    else if (isDirectiveEvent(event)) replayDirective(event);
    else if (event.type !== 'PolicyAdopted') passOver(event);
    else if (event.data.directive === directive) policies = evolvePolicies(policies, event, receivedAt);
  };

  const facts = (): Facts | undefined => {
    if (heading === undefined) return undefined;
    return {
      directive,
      timeZone: heading.timeZone,
      policies,
      units: roster.units,
      collectives: roster.collectives,
      tasks: inDocumentOrder([...tasks.values()]),
      reports: byTask(reports.values()),
    };
  };
  return { apply, facts };
};

export const replayFacts = (directive: string, events: Iterable<Replayed>): Facts | undefined => {
  const replay = startReplay(directive);
  for (const event of events) replay.apply(event);
  return replay.facts();
};
