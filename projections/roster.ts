import { json } from '../src/projecting/projection.ts';
import { known } from './known.ts';
import { viewOf } from './view.ts';
import { withMembership, withName, type Collective, type Unit } from '../src/domain/roster/state.ts';
import type { RosterEvent } from '../src/domain/roster/events.ts';

/** Units and collectives as of any position. */
export const roster = viewOf<RosterEvent>()({
  name: 'roster',
  version: 1,
  tables: {
    unit: { kind: 'versioned', key: ['unit'], columns: { unit: 'text', doc: json<Unit>() }, listedBy: [[]] },
    collective: { kind: 'versioned', key: ['collective'], columns: { collective: 'text', doc: json<Collective>() }, listedBy: [[]] },
  },
  on: {
    UnitRegistered: ({ data: { unit, name, kind, aliases } }, rows) => {
      const doc = { id: unit, kind, aliases, names: [{ name, from: null, to: null }], mergedInto: null };
      rows.put('unit', { unit, doc });
    },
    UnitRenamed: (event, rows) => {
      const { unit, name, from } = event.data;
      const { doc } = known(rows.get('unit', { unit }), event);
      rows.put('unit', { unit, doc: { ...doc, names: withName(doc.names, name, from) } });
    },
    UnitsMerged: (event, rows) => {
      const { unit, into, from } = event.data;
      const { doc } = known(rows.get('unit', { unit }), event);
      rows.put('unit', { unit, doc: { ...doc, mergedInto: { unit: into, from } } });
    },
    CollectiveDefined: ({ data: { collective, name } }, rows) => {
      rows.put('collective', { collective, doc: { id: collective, name, memberships: [] } });
    },
    CollectiveMembershipChanged: (event, rows) => {
      const { collective, members, from } = event.data;
      const { doc } = known(rows.get('collective', { collective }), event);
      rows.put('collective', { collective, doc: { ...doc, memberships: withMembership(doc.memberships, { from, members }) } });
    },
  },
});
