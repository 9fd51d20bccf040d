import { foldText } from '../../kernel/json.ts';
import type { DubanEvent } from '../../domain/catalogue.ts';
import { rosterDecider } from '../../domain/roster/decide.ts';
import { aliasing, enrolment, membership } from './plan-commands.ts';
import { bearerOf, ROSTER_STREAM, rosterFolding, type Roster } from '../../domain/roster/state.ts';
import type { Refusal, RefusalCode } from '../../kernel/refusal.ts';
import { say } from '../../messages/message.ts';
import type { Plan, PlannedUnit } from '../../importer/draft/planned.ts';
import { KeyReused, type Handler, type Meta, type Outcome } from '../handler.ts';
import type { Recorded } from '../stream-states.ts';
import { Told } from '../../messages/told.ts';

/** What the steps have in common by which a document is appended: each finds what was done before. */

export class ImportRefused extends Told {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.detail);
    this.refusal = refusal;
  }
}

export type Ids = {
  readonly units: readonly { readonly id: string; readonly name: string; readonly kind: string | null }[];
  readonly collectives: Plan['collectives'];
  /** The roster's id for each of the plan's. */
  readonly idOf: (planned: string) => string;
};

/** Under which ids the plan's names stand in the roster: known names keep theirs, and a taken id gets a number. */
export const idsInRoster = (roster: Roster, { units, collectives }: Pick<Plan, 'units' | 'collectives'>): Ids => {
  const ids = new Map<string, string>();
  const used = new Set([...units, ...collectives].map(({ id }) => id));
  const free = (id: string, isTaken: (id: string) => boolean): string => {
    if (!isTaken(id)) return id;
    let n = 2;
    while (isTaken(`${id}-${n}`) || used.has(`${id}-${n}`)) n += 1;
    used.add(`${id}-${n}`);
    return `${id}-${n}`;
  };
  for (const { id, name, is } of units) {
    const known = is?.unit ?? roster.byName.get(foldText(name));
    ids.set(id, known ?? free(id, (wanted) => roster.units.has(wanted) || roster.collectives.has(wanted)));
  }
  const named = new Map([...roster.collectives.values()].map(({ id, name }) => [foldText(name), id]));
  for (const { id, name } of collectives)
    ids.set(id, named.get(foldText(name)) ?? free(id, (wanted) => roster.units.has(wanted) || roster.collectives.has(wanted)));
  const idOf = (planned: string): string => ids.get(planned) ?? roster.byName.get(foldText(planned)) ?? planned;
  return {
    units: units.filter(({ is }: PlannedUnit) => is === undefined).map(({ id, name, kind }) => ({ id: idOf(id), name, kind })),
    collectives: collectives.map(({ id, name }) => ({ id: idOf(id), name })),
    idOf,
  };
};

/**
 * Why names of a plan cannot be enrolled: one that the plan takes for a unit is a collective's in the roster, or the other
 * way round. Asked before anything is appended, for what has begun only goes on.
 */
export const takenName = (roster: Roster, { units, collectives }: Ids): Refusal | undefined => {
  const added = [...units.filter(({ id }) => !roster.units.has(id)), ...collectives.filter(({ id }) => !roster.collectives.has(id))];
  for (const { name } of added) {
    const bearer = bearerOf(roster, name);
    if (bearer !== undefined) return { code: 'name-taken', detail: say('roster.name', { name, name2: bearer }) };
  }
  return undefined;
};

/** Units by every name that they have or had. */
export const unitsByName = ({ units }: Pick<Roster, 'units'>): ReadonlyMap<string, string> =>
  new Map(
    [...units.values()].flatMap(({ id, names, aliases }) =>
      [...names.map(({ name }) => name), ...aliases].map((name) => [foldText(name), id]),
    ),
  );

/** Names in the roster as a plan takes them. */
type Named = Pick<Plan, 'units' | 'collectives'>;

export type Steps = {
  /** The revision that the step left its stream at. */
  readonly settled: (outcome: Outcome<unknown>) => number;
  /** But for the refusal that says that another run has done it in between. */
  readonly settledUnless: (done: RefusalCode, outcome: Outcome<unknown>) => void;
  /** For a further step on a stream: the sender's key, made into one that no sender can send. */
  readonly next: (step: string) => Omit<Meta, 'expected'>;
  readonly enrol: (plan: Named) => Promise<Ids>;
  readonly setMembers: (plan: Pick<Plan, 'members'>, ids: Pick<Ids, 'idOf'>) => Promise<void>;
  readonly events: readonly Recorded[];
  readonly hasAppended: () => boolean;
};

export const createSteps = (handler: Handler<DubanEvent>, meta: Omit<Meta, 'expected'>): Steps => {
  const events: Recorded[] = [];
  let appended = false;

  const settled: Steps['settled'] = (outcome) => {
    if (outcome.kind === 'refused') throw new ImportRefused(outcome.refusal);
    if (outcome.kind === 'key-reused') throw new KeyReused();
    if (outcome.kind !== 'accepted') throw new Error(`an import without preconditions met ${outcome.kind}`);
    events.push(...outcome.events);
    appended ||= !outcome.replayed && outcome.events.length > 0;
    return outcome.revision;
  };
  const next: Steps['next'] = (step) => ({
    ...meta,
    idempotency: meta.idempotency && { ...meta.idempotency, key: `${meta.idempotency.key} ${step}` },
  });

  return {
    settled,
    settledUnless: (done, outcome) => {
      if (outcome.kind !== 'refused' || outcome.refusal.code !== done) settled(outcome);
    },
    next,
    enrol: async (plan) => {
      const { state: roster } = await handler.load(rosterFolding, ROSTER_STREAM);
      const ids = idsInRoster(roster, plan);
      settled(await handler.handle(rosterDecider, ROSTER_STREAM, enrolment(ids), meta));
      for (const does of plan.units.flatMap((unit) => aliasing(unit) ?? []))
        settled(await handler.handle(rosterDecider, ROSTER_STREAM, does, next(`alias ${does.unit} ${does.alias}`)));
      return ids;
    },
    setMembers: async (plan, ids) => {
      for (const planned of plan.members) {
        const does = membership(planned, ids);
        settled(await handler.handle(rosterDecider, ROSTER_STREAM, does, { ...next(`members ${does.collective}`), basis: planned.basis }));
      }
    },
    events,
    hasAppended: () => appended,
  };
};
