import { catalogueOf, type EventDefinition, type EventOf } from '../kernel/event.ts';
import { directiveEvents, policyEvents } from './directives/events.ts';
import { directiveStream, policyStream } from './directives/state.ts';
import { importEvents } from './imports/events.ts';
import { importStream } from './imports/state.ts';
import { inspectionEvents } from './inspections/events.ts';
import { inspectionStream } from './inspections/state.ts';
import { LEDGER_STREAM, ledgerEvents } from './ledger/events.ts';
import { contactEvents, erasureEvents } from './personal/events.ts';
import { contactsStream, erasureStream } from './personal/state.ts';
import { noticeEvents } from './notices/events.ts';
import { noticeStream } from './notices/state.ts';
import { reminderEvents, ruleEvents } from './reminders/events.ts';
import { reminderRulesStream, reminderStream } from './reminders/state.ts';
import { returnEvents } from './returns/events.ts';
import { returnStream } from './returns/state.ts';
import { rosterEvents } from './roster/events.ts';
import { ROSTER_STREAM } from './roster/state.ts';
import { snapshotEvents } from './snapshots/events.ts';
import { snapshotStream } from './snapshots/state.ts';
import { taskEvents } from './tasks/events.ts';
import { taskStream } from './tasks/state.ts';

/**
 * Every kind of stream, by what its names begin with, and the events that stand in it. A new feature adds its line at
 * the end: a replica keeps the list, in this order, with the positions that were counted by it.
 */
export const streamKinds = [
  { prefix: ROSTER_STREAM, events: rosterEvents },
  { prefix: policyStream.prefix, events: policyEvents },
  { prefix: directiveStream.prefix, events: directiveEvents },
  { prefix: taskStream.prefix, events: taskEvents },
  { prefix: returnStream.prefix, events: returnEvents },
  { prefix: noticeStream.prefix, events: noticeEvents },
  { prefix: inspectionStream.prefix, events: inspectionEvents },
  { prefix: snapshotStream.prefix, events: snapshotEvents },
  { prefix: LEDGER_STREAM, events: ledgerEvents },
  { prefix: importStream.prefix, events: importEvents },
  { prefix: contactsStream.prefix, events: contactEvents },
  { prefix: erasureStream.prefix, events: erasureEvents },
  { prefix: reminderRulesStream.prefix, events: ruleEvents },
  { prefix: reminderStream.prefix, events: reminderEvents },
] as const satisfies readonly { readonly prefix: string; readonly events: readonly EventDefinition[] }[];

/** What the names of the log's streams begin with. A cluster may hold other streams, which are not of the log. */
export const STREAM_PREFIXES: readonly string[] = streamKinds.map(({ prefix }) => prefix);

/** Every event type of the log. */
export const definitions = streamKinds.flatMap(({ events }) => [...events]);

export type DubanEvent = EventOf<(typeof definitions)[number]>;

export const catalogue = catalogueOf(definitions);
