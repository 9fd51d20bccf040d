import type { DirectiveDoc } from '../../../projections/directives.ts';
import { imports as importsView } from '../../../projections/imports.ts';
import { tasks } from '../../../projections/tasks.ts';
import { catalogue } from '../../domain/catalogue.ts';
import { standingOf, type Standing } from '../../domain/tasks/edition.ts';
import type { TaskEvent } from '../../domain/tasks/events.ts';
import { taskStream } from '../../domain/tasks/state.ts';
import { importIdOf } from '../../domain/imports/state.ts';
import { directiveStream } from '../../domain/directives/state.ts';
import type { Plan } from '../../importer/draft/planned.ts';
import type { Base, Difference } from '../../importer/reissue/difference.ts';
import type { Edition as PrintedEdition, Editions } from '../../importer/reissue/printed.ts';
import { foldText, sameJson } from '../../kernel/json.ts';
import { tableOf } from '../../projecting/projection.ts';
import type { Views } from '../../projecting/views.ts';
import type { EventStore } from '../../store/event-store.ts';
import type { Knowledge } from '../knowledge.ts';
import type { Drafting } from './imports.ts';
import type { FileHint, Readings } from './reading.ts';
import { idsInRoster, unitsByName } from './steps.ts';

/** Another edition of a document that is in force: which, and what it would change of what stands at a position. */

const taskTable = tableOf(tasks, 'task');
const importTable = tableOf(importsView, 'import');

export type Reissue = {
  readonly supersedes: { readonly directive: string; readonly revision: number; readonly base: number };
  readonly difference: Difference;
  /** What the edition says, under the directive's id. */
  readonly plan: Plan;
  readonly standing: InForce;
};

/** A directive as it stands, and which document it is from. */
type InForce = Base & { readonly directive: Pick<DirectiveDoc, 'source'> };

/** A document as it was understood, and what people said of it. */
type Edition = Pick<Drafting, 'draft' | 'sha256' | 'namedId' | 'said' | 'plan' | 'read'>;

type Understood = Pick<Edition, 'draft' | 'plan'>;

/** What it becomes under the id of a directive, where its own head says another or none. */
const planUnder = async ({ draft, plan }: Understood, sha256: string, of: Base['directive']): Promise<Plan> => {
  if (plan?.directive.id === of.id) return plan;
  const { planOf } = await import('../../importer/draft/plan.ts');
  const { number, title, issuer, date } = draft.directive;
  const head = { number: number ?? of.number, title: title ?? of.title, issuer: issuer ?? of.issuer, date: date ?? of.date };
  return planOf({ ...draft, directive: { ...draft.directive, ...head, id: of.id } }, sha256);
};

export type Reissues = {
  /** Of a draft at a position; null where it is no edition of a directive known then. `directive`: the one that it is known to be of. */
  readonly of: (found: Edition, position: number, directive?: string) => Promise<Reissue | null>;
  /** What has become another thing between two positions: tasks by their ids, `schedule`, `heading`. */
  readonly changedBetween: (directive: string, from: number, to: number) => readonly string[];
  readonly timeZone: (directive: string, position: number) => string;
  readonly position: () => number;
  readonly lastOf: Knowledge['lastOf'];
};

export const createReissues = ({
  knowledge,
  views,
  store,
  readings,
}: {
  readonly knowledge: Knowledge;
  readonly views: Views;
  readonly readings: Pick<Readings, 'kept'>;
  readonly store: Pick<EventStore, 'readHistory'>;
}): Reissues => {
  const standing = (task: string, position: number): Standing | undefined => {
    const events = store.readHistory(taskStream(task), position);
    // The cast: a task's stream holds task events only.
    return standingOf(
      task,
      events.map(({ envelope }) => catalogue.fromWire(envelope.type, envelope.data) as TaskEvent),
    );
  };

  const standingAt = (id: string, position: number): InForce | undefined => {
    const directive = knowledge.directive(id, position);
    if (directive === undefined) return undefined;
    const ids = views.asOf(taskTable, { directive: id }, position).map(({ task }) => task);
    const standings = ids.flatMap((task) => standing(task, position) ?? []);
    return { directive, policies: knowledge.policies(id, position), standings };
  };

  /** The directive in force with the same number; where a document has none, of the same issuer, title and year. */
  const supersededBy = ({ draft: { directive: head }, sha256, namedId }: Edition, position: number): string | undefined =>
    knowledge.directives(position).find((id) => {
      const known = knowledge.directive(id, position);
      if (known?.status !== 'issued' || known.source === null || known.source.sha256 === sha256) return false;
      // Whoever gives it another id says that it is another document.
      if (namedId !== undefined && namedId !== id) return false;
      if (head.number !== null) return foldText(known.number) === foldText(head.number);
      const isSame = foldText(known.title) === foldText(head.title ?? '') && foldText(known.issuer) === foldText(head.issuer ?? '');
      return isSame && known.date.slice(0, 4) === head.date?.slice(0, 4);
    });

  /** What a document says by itself; null where its bytes are not here. */
  const printed = async ({ sha256, read }: Pick<Edition, 'sha256' | 'read'>, of: Base['directive']): Promise<PrintedEdition | null> => {
    const alone = await readings.kept(sha256, { ...read, made: [], plans: true });
    if (alone === undefined || alone === 'damaged' || !alone.ok) return null;
    return { head: alone.draft.directive, plan: await planUnder(alone, sha256, of) };
  };

  /** The edition in force and another one, read with the same profile. */
  const editionsOf = async (found: Edition, { directive }: InForce, position: number): Promise<Editions | null> => {
    const sha256 = directive.source?.sha256;
    if (sha256 === undefined || sha256 === found.sha256) return null;
    const sent = views.one(importTable, { import: importIdOf(sha256) }, position)?.doc;
    const hint: FileHint = { name: sent?.name ?? null, mediaType: sent?.mediaType ?? null };
    const before = await printed({ sha256, read: { hint, profile: found.read.profile } }, directive);
    const after = before && (await printed(found, directive));
    return before && after && { before, after };
  };

  return {
    of: async (found, position, known) => {
      const { draft, sha256, said } = found;
      const directive = known ?? supersededBy(found, position);
      const { title, issuer, date } = draft.directive;
      if (directive === undefined || title === null || issuer === null || date === null) return null;
      const now = standingAt(directive, position);
      if (now === undefined) return null;
      const { differenceOf, isEmpty } = await import('../../importer/reissue/difference.ts');
      const timeZone = knowledge.timeZone(directive, position);
      const own = await planUnder(found, sha256, now.directive);
      const plan = { ...own, directive: { ...own.directive, timeZone } };
      const roster = knowledge.roster(position);
      const { idOf } = idsInRoster({ ...roster, byName: unitsByName(roster) }, plan);
      const against = differenceOf(plan, now, idOf, said);
      const editions = isEmpty(against) ? null : await editionsOf(found, now, position);
      return {
        supersedes: { directive, revision: knowledge.lastOf(directiveStream(directive), position)?.revision ?? 0, base: position },
        difference: editions === null ? against : differenceOf(plan, now, idOf, said, editions),
        plan,
        standing: now,
      };
    },
    changedBetween: (directive, from, to) => {
      const [before, after] = [standingAt(directive, from), standingAt(directive, to)];
      if (before === undefined || after === undefined) return [];
      const was = new Map(before.standings.map((each) => [each.id, each]));
      const is = new Map(after.standings.map((each) => [each.id, each]));
      const isClosed = ({ task: { status } }: Standing): string => (status === 'completed' || status === 'cancelled' ? status : 'open');
      const face = (each: Standing | undefined): unknown => each && [each.now, isClosed(each)];
      const tasksChanged = [...new Set([...was.keys(), ...is.keys()])].filter((id) => !sameJson(face(was.get(id)), face(is.get(id))));
      return [
        ...tasksChanged,
        ...(before.policies.length === after.policies.length ? [] : ['schedule']),
        ...(sameJson(before.directive, after.directive) ? [] : ['heading']),
      ];
    },
    timeZone: knowledge.timeZone,
    position: () => views.position(),
    lastOf: knowledge.lastOf,
  };
};
