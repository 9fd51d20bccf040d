import { catalogueOf, type EventOf } from '../kernel/event.ts';
import { directiveEvents, policyEvents } from './directives/events.ts';
import { inspectionEvents } from './inspections/events.ts';
import { noticeEvents } from './notices/events.ts';
import { ledgerEvents } from './ledger/events.ts';
import { returnEvents } from './returns/events.ts';
import { rosterEvents } from './roster/events.ts';
import { snapshotEvents } from './snapshots/events.ts';
import { taskEvents } from './tasks/events.ts';

/** Every event type of the log. A new feature adds its list here. */
export const definitions = [
  ...rosterEvents,
  ...directiveEvents,
  ...policyEvents,
  ...taskEvents,
  ...returnEvents,
  ...snapshotEvents,
  ...noticeEvents,
  ...inspectionEvents,
  ...ledgerEvents,
] as const;

export type DubanEvent = EventOf<(typeof definitions)[number]>;

export const catalogue = catalogueOf(definitions);
