import { z } from 'zod';
import { personal } from '../../projections/personal.ts';
import { heldApart, type HeldApart } from '../domain/personal/events.ts';
import { tableOf } from '../projecting/projection.ts';
import type { Views } from '../projecting/views.ts';
import type { ErasableStore, Held } from '../store/erasable.ts';
import { wording } from '../messages/standing.ts';

/** What is held apart from the log, with what the log says of it. */

const commitmentTable = tableOf(personal, 'commitment');
const erasureTable = tableOf(personal, 'erasure');
const contactsTable = tableOf(personal, 'contacts');

export const personalRecord = z
  .strictObject({
    id: z.string().meta({ description: wording('application.event-that-commits-to') }),
    commitment: z.string().meta({ description: wording('application.as-stands-in-event') }),
    of: heldApart.meta({ description: wording('application.what-belongs-to') }),
    unit: z.string().meta({ description: wording('application.whose') }),
    position: z
      .int()
      .min(1)
      .meta({ description: wording('application.that-event') }),
    state: z.enum(['held', 'erased', 'absent']).meta({
      description: wording('application.absent-was-not-erased-and-not'),
    }),
    value: z.unknown().meta({ description: wording('application.person-or-several-where-units-contacts') }),
    salt: z
      .string()
      .nullable()
      .meta({ description: wording('application.hex-sha-256-32-bytes-and') }),
    erasure: z
      .strictObject({
        position: z
          .int()
          .min(1)
          .meta({ description: wording('application.event-that-erased') }),
        at: z.string().meta({ description: wording('application.when-that-reached-office') }),
        reason: z.string(),
        authority: z.string(),
      })
      .nullable()
      .meta({ description: wording('application.act-that-erased-null-where-none') }),
  })
  .meta({ id: 'PersonalRecord' });
export type PersonalRecord = z.infer<typeof personalRecord>;

/** The record without what only its owner and the office may see. */
type Recorded = {
  readonly id: string;
  readonly commitment: string;
  readonly of: HeldApart;
  readonly unit: string;
  readonly position: number;
};

export type PersonalData = {
  readonly hold: (value: unknown, request?: string) => Held;
  /** What the views say of an event; undefined where they know none of this id that commits to something. */
  readonly recorded: (event: string) => Recorded | undefined;
  readonly find: (event: string) => PersonalRecord | undefined;
  /** Of a unit's contacts as they are now. */
  readonly contactsOf: (unit: string) => PersonalRecord | undefined;
  /** After the event that says so. */
  readonly erase: (commitment: string) => void;
  /** Once the views hold the log: what was erased there, or never came there, goes. `until`: epoch ms. */
  readonly settle: (until: number) => { readonly erased: number; readonly orphans: number };
  readonly close: () => void;
};

export const createPersonalData = (store: ErasableStore, views: Views): PersonalData => {
  const recorded = (id: string): Recorded | undefined => {
    const found = views.appended(commitmentTable, { event: id }, { upTo: views.position() })[0];
    return found && { id, commitment: found.commitment, of: heldApart.parse(found.what), unit: found.unit, position: found.position };
  };
  const isRecorded = (commitment: string): boolean =>
    views.appended(commitmentTable, { commitment }, { upTo: views.position() }).length > 0;
  const erasureOf = (commitment: string): PersonalRecord['erasure'] => {
    const found = views.appended(erasureTable, { commitment }, { upTo: views.position() })[0];
    return found === undefined ? null : { position: found.position, at: found.at, reason: found.reason, authority: found.authority };
  };
  const find = (event: string): PersonalRecord | undefined => {
    const known = recorded(event);
    if (known === undefined) return undefined;
    const { commitment } = known;
    const erasure = erasureOf(commitment);
    // What an event has erased is shown to nobody, whether or not the file has let go of it.
    const held = erasure === null ? store.read(commitment) : undefined;
    return {
      ...known,
      state: erasure !== null ? 'erased' : held === undefined ? 'absent' : 'held',
      value: held?.value ?? null,
      salt: held === undefined ? null : Buffer.from(held.salt).toString('hex'),
      erasure,
    };
  };
  return {
    hold: store.hold,
    recorded,
    find,
    contactsOf: (unit) => {
      const row = views.one(contactsTable, { unit }, views.position());
      return row && find(row.event);
    },
    erase: (commitment) => {
      store.erase(commitment);
    },
    settle: (until) =>
      store.settle({
        isRecorded,
        isErased: (commitment) => erasureOf(commitment) !== null,
        until,
      }),
    close: store.close,
  };
};
