import { json } from '../src/projecting/projection.ts';
import { known } from './known.ts';
import { receiptOf } from './receipt.ts';
import { viewOf } from './view.ts';
import { alsoCalled, merged, registered, renamed, withMembers, type Collective, type Unit } from '../src/domain/roster/state.ts';
import type { RosterEvent } from '../src/domain/roster/events.ts';

/** Units and collectives as of any position. */
export const roster = viewOf<RosterEvent>()({
  name: 'roster',
  version: 3,
  tables: {
    unit: { kind: 'versioned', key: ['unit'], columns: { unit: 'text', doc: json<Unit>() }, listedBy: [[]] },
    collective: { kind: 'versioned', key: ['collective'], columns: { collective: 'text', doc: json<Collective>() }, listedBy: [[]] },
  },
  on: {
    UnitRegistered: (event, rows) => {
      rows.put('unit', { unit: event.data.unit, doc: registered(event.data, receiptOf(event)) });
    },
    UnitRenamed: (event, rows) => {
      const { unit } = event.data;
      const { doc } = known(rows.get('unit', { unit }), event);
      rows.put('unit', { unit, doc: renamed(doc, event.data, receiptOf(event)) });
    },
    UnitAliasAdded: (event, rows) => {
      const { unit } = event.data;
      const { doc } = known(rows.get('unit', { unit }), event);
      rows.put('unit', { unit, doc: alsoCalled(doc, event.data) });
    },
    UnitsMerged: (event, rows) => {
      const { unit } = event.data;
      const { doc } = known(rows.get('unit', { unit }), event);
      rows.put('unit', { unit, doc: merged(doc, event.data, receiptOf(event)) });
    },
    CollectiveDefined: ({ data: { collective, name } }, rows) => {
      rows.put('collective', { collective, doc: { id: collective, name, memberships: [] } });
    },
    CollectiveMembershipChanged: (event, rows) => {
      const { collective } = event.data;
      const { doc } = known(rows.get('collective', { collective }), event);
      rows.put('collective', { collective, doc: withMembers(doc, event.data, receiptOf(event)) });
    },
  },
});
