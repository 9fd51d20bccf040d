import { z } from 'zod';
import { catalogueOf, defineEvent, type EventOf } from '../../src/kernel/event.ts';
import { defineProjection, json, tableOf } from '../../src/projecting/projection.ts';

/** A made-up log, small enough to be replayed by a plain model: things that are put and closed, several at a time. */

const name = z.string();
const actSchema = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('put'), name, part: z.int(), shelf: z.string().nullable(), weight: z.int() }),
  z.strictObject({ op: z.literal('close'), name, part: z.int() }),
]);

export const ThingsHandled = defineEvent('ThingsHandled', 1, z.strictObject({ acts: z.array(actSchema) }));
export const ThingSpoilt = defineEvent('ThingSpoilt', 1, z.strictObject({ how: z.enum(['throws', 'repeats']) }));
export const NothingSaid = defineEvent('NothingSaid', 1, z.strictObject({}));

export const toyCatalogue = catalogueOf([ThingsHandled, ThingSpoilt, NothingSaid] as const);
export type ToyEvent = EventOf<typeof ThingsHandled> | EventOf<typeof ThingSpoilt> | EventOf<typeof NothingSaid>;
export type Act = EventOf<typeof ThingsHandled>['data']['acts'][number];

type Label = { readonly shelf: string | null; readonly tags: readonly string[] };

const tables = {
  thing: {
    kind: 'versioned',
    key: ['name', 'part'],
    columns: { name: 'text', part: 'integer', shelf: 'text?', weight: 'integer', label: json<Label>() },
    listedBy: [['shelf'], ['weight', 'shelf'], []],
  },
  /** How many things a shelf holds, counted by the handler from its own rows. */
  shelf: { kind: 'versioned', key: ['shelf'], columns: { shelf: 'text', things: 'integer' }, listedBy: [[]] },
  act: {
    kind: 'append-only',
    // `earlier`: how many acts on things of this name came before, read by the handler from its own rows.
    columns: { name: 'text', op: 'text', event: 'text', ordinal: 'integer', earlier: 'integer', mark: 'blob?' },
    indexes: [{ columns: ['name'] }, { columns: ['name', 'op'] }, { columns: ['event', 'ordinal'], unique: true }],
  },
  seen: { kind: 'append-only', columns: { type: 'text', actor: 'text' }, indexes: [] },
} as const;

const SHELVES = ['x', 'y'];

/** `heal` makes the handler of ThingSpoilt harmless, as a corrected program would; `onEvent` sees every event first. */
export const toyProjection = (
  options: { readonly heal?: boolean; readonly version?: number; readonly onEvent?: (position: number) => void } = {},
) =>
  defineProjection<ToyEvent>()({
    name: 'toy',
    version: options.version ?? 1,
    tables,
    on: {
      ThingsHandled({ data, id }, rows) {
        for (const [ordinal, act] of data.acts.entries()) {
          const { name: thing, part } = act;
          const [last] = rows.appended('act', { name: thing }, { newestFirst: true, limit: 1 });
          rows.add('act', { name: thing, op: act.op, event: id, ordinal, earlier: last === undefined ? 0 : last.earlier + 1, mark: null });
          if (act.op === 'close') rows.close('thing', { name: thing, part });
          else rows.put('thing', { name: thing, part, shelf: act.shelf, weight: act.weight, label: { shelf: act.shelf, tags: [thing] } });
        }
        for (const shelf of SHELVES) rows.put('shelf', { shelf, things: rows.list('thing', { shelf }).length });
      },
      ThingSpoilt({ data, id }, rows) {
        if (options.heal === true) return;
        rows.put('thing', { name: 'spoilt', part: 0, shelf: 'x', weight: 0, label: { shelf: 'x', tags: [] } });
        if (data.how === 'throws') throw new Error('spoilt');
        const row = { name: 'spoilt', op: 'repeat', event: id, ordinal: 0, earlier: 0, mark: new Uint8Array([1]) };
        rows.add('act', row);
        rows.add('act', row);
      },
    },
    onEvery(event, rows) {
      options.onEvent?.(event.position);
      rows.add('seen', { type: event.type, actor: event.actor.sub });
    },
  });

const named = toyProjection();
export const thingTable = tableOf(named, 'thing');
export const shelfTable = tableOf(named, 'shelf');
export const actTable = tableOf(named, 'act');
export const seenTable = tableOf(named, 'seen');
