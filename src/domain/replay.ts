import { instantMillis } from '../kernel/clock.ts';
import type { DubanEvent } from './catalogue.ts';
import { evolvePolicies, type Policies } from './directives/state.ts';
import type { DirectiveEvent } from './directives/events.ts';
import { emptyRoster, evolveRoster, ROSTER_STREAM } from './roster/state.ts';
import { assignedFacts, evolveReportFacts, evolveTaskFacts, submittedFacts } from './compliance/evolve-facts.ts';
import { taskStream } from './tasks/state.ts';
import { inDocumentOrder, reportKey, type Facts, type ReportFacts, type TaskFacts } from './compliance/facts.ts';

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

export const startReplay = (directive: string): Replay => {
  let heading: Extract<DirectiveEvent, { type: 'DirectiveImported' | 'DirectiveIssued' }>['data'] | undefined;
  let roster = emptyRoster;
  let policies: Policies = [];
  const tasks = new Map<string, TaskFacts>();
  const reports = new Map<string, ReportFacts>();

  const replayTask = (id: string, event: DubanEvent, receivedAt: number): void => {
    if (event.type === 'TaskAssigned') {
      if (event.data.directive === directive) tasks.set(id, assignedFacts(id, event));
      return;
    }
    const task = tasks.get(id);
    if (task === undefined) return; // another directive's task
    if (event.type === 'ReportSubmitted') {
      const report = submittedFacts(id, { event, receivedAt });
      reports.set(reportKey(id, report.unit, report.period), report);
    } else if (event.type === 'ReportAmended' || event.type === 'ReportAccepted') {
      const key = reportKey(id, event.data.unit, event.data.period);
      const report = reports.get(key);
      if (report !== undefined) reports.set(key, evolveReportFacts(report, { event, receivedAt }));
    } else {
      // Events of a task stream are task events; evolveTaskFacts returns the facts unchanged for the rest.
      tasks.set(id, evolveTaskFacts(task, { event: event as Parameters<typeof evolveTaskFacts>[1]['event'], receivedAt }));
    }
  };

  const apply = ({ event, stream, receivedAt }: Replayed): void => {
    const task = taskStream.idIn(stream);
    if (task !== undefined) replayTask(task, event, instantMillis(receivedAt));
    else if (stream === ROSTER_STREAM) roster = evolveRoster(roster, event as Parameters<typeof evolveRoster>[1]); // the roster's stream holds roster events only
    else if (event.type === 'PolicyAdopted' && event.data.directive === directive) policies = evolvePolicies(policies, event);
    else if ((event.type === 'DirectiveImported' || event.type === 'DirectiveIssued') && event.data.directive === directive)
      heading = event.data;
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
      reports: new Map(reports),
    };
  };
  return { apply, facts };
};

export const replayFacts = (directive: string, events: Iterable<Replayed>): Facts | undefined => {
  const replay = startReplay(directive);
  for (const event of events) replay.apply(event);
  return replay.facts();
};
