import { setTimeout as sleep } from 'node:timers/promises';
import type { DubanEvent } from '../../domain/catalogue.ts';
import { DirectiveImported } from '../../domain/directives/events.ts';
import type { Profile } from '../../domain/directives/profile.ts';
import type { Correction } from '../../domain/imports/events.ts';
import { importFolding, importIdOf, importStream } from '../../domain/imports/state.ts';
import { READER } from '../../importer/reader.ts';
import type { Plan } from '../../importer/draft/planned.ts';
import { sameJson } from '../../kernel/json.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import type { OnAdvance } from '../../kernel/on-advance.ts';
import { say, type Text } from '../../messages/message.ts';
import { Told, toldBy } from '../../messages/told.ts';
import type { EventStore } from '../../store/event-store.ts';
import type { AttachmentStore } from '../attachments.ts';
import { KeyReused, type Handler, type Meta } from '../handler.ts';
import type { Knowledge } from '../knowledge.ts';
import { applyPlan, type ImportOutcome } from './apply-plan.ts';
import { askedAtOnce, importAtOnce, planAtOnce } from './at-once.ts';
import { commitImport, type Committed, type Saying } from './commit.ts';
import type { Imports, Refused } from './imports.ts';
import type { Reissues } from './reissue.ts';
import type { Unfinished, UnfinishedCommits } from './unfinished.ts';

/**
 * Commits of this process, and what keeps one from its end.
 *
 * What a commit appends is the act of the person whose commit was accepted. The event that accepted it (`ImportCommitBegun`, or
 * `DirectiveImported` where there was no draft) says who that was and when; whoever goes on with it, this process or another,
 * appends the rest in that name, as received then, and names that event as its cause. No token is asked for again: what was
 * accepted is not undone by its loss. The command of each step has a key made of that event, so that two who go on with it at
 * the same time append one event and not two.
 */

export type Commits = {
  readonly commit: (id: string, said: Saying, meta: Meta, onAdvance?: OnAdvance) => Promise<Committed | Refused>;
  /** The same of a document that nobody has to finish. */
  readonly commitAtOnce: (
    document: { readonly bytes: Buffer; readonly plan: Plan },
    meta: Omit<Meta, 'expected'>,
  ) => Promise<ImportOutcome>;
  /** Goes on where somebody else was cut short. It never throws: what keeps it is told by `stopped`. */
  readonly goOn: (of: Unfinished, onAdvance?: OnAdvance) => Promise<void>;
  /** Whether this process is at it. */
  readonly isUnderWay: (id: string) => boolean;
  /** Why lines of its difference are not decided just now: its commit is on its way to its end. */
  readonly keepsLines: (id: string) => Promise<Refusal | undefined>;
  /** Why the commit of an import has not gone on when this process tried last; undefined where it does, or will be tried. */
  readonly stopped: (id: string) => Text | undefined;
  /** Somebody else is at it, and further than where this process was stopped. */
  readonly advanced: (id: string) => void;
} & Pick<UnfinishedCommits, 'list' | 'mark'>;

/** What was settled of a document before anybody sent it. */
export type Beforehand = { readonly profile: Profile; readonly settled: readonly Correction[] };

/** What is appended would not be what was accepted. */
const readOtherwise = (before: string): Told => new Told(say('application.imports.read-otherwise', { before, now: READER }));

const refusalOf = (result: Committed | Refused | ImportOutcome): Text | undefined => {
  if (!result.ok) return 'refusal' in result ? result.refusal.detail : result.unreadable.detail;
  return 'outcome' in result && result.outcome.kind === 'refused' ? result.outcome.refusal.detail : undefined;
};

/** For how long a try is waited for. */
const TRY_MILLIS = 5000;

export const createCommits = (deps: {
  readonly handler: Handler<DubanEvent>;
  readonly imports: Imports;
  readonly reissues: Reissues;
  readonly attachments: AttachmentStore;
  readonly store: Pick<EventStore, 'readKnown'>;
  readonly knowledge: Pick<Knowledge, 'directive'>;
  readonly unfinished: UnfinishedCommits;
  readonly beforehand: (sha256: string) => Beforehand | undefined;
}): Commits => {
  const { handler, imports, reissues, attachments, store, knowledge, unfinished, beforehand } = deps;
  /** What this process is at, by imports: two may be at one. */
  const underWay = new Map<string, Set<Promise<void>>>();
  const stops = new Map<string, Text>();

  /** What keeps a commit from beginning keeps nothing that has begun. */
  const hasBegun = async (id: string): Promise<boolean> => (await handler.load(importFolding, importStream(id))).state.status !== 'draft';

  const tracked = async <Result extends Committed | Refused | ImportOutcome>(
    id: string,
    onAdvance: OnAdvance | undefined,
    work: (advancing: OnAdvance) => Promise<Result>,
  ): Promise<Result> => {
    const { promise, resolve: end } = Promise.withResolvers<void>();
    const tries = underWay.get(id) ?? new Set<Promise<void>>();
    underWay.set(id, tries.add(promise));
    try {
      const result = await work((done, total) => {
        stops.delete(id);
        onAdvance?.(done, total);
      });
      const reason = refusalOf(result);
      if (reason === undefined) stops.delete(id);
      else if (await hasBegun(id)) stops.set(id, reason);
      return result;
    } catch (error) {
      if (!(error instanceof KeyReused)) stops.set(id, toldBy(error));
      throw error;
    } finally {
      tries.delete(promise);
      if (tries.size === 0) underWay.delete(id);
      end();
    }
  };

  const accepted = ({ beginning: { stream, revision, id } }: Unfinished) => {
    const found = store.readKnown(stream, revision).find((event) => event.id === id);
    if (found === undefined) throw new Error(`${stream} has no event ${id} here`);
    const { actor, receivedat, occurredat, basis, data } = found.envelope;
    const meta: Meta = {
      actor,
      receivedAt: Temporal.Instant.from(receivedat),
      ...(occurredat === undefined ? {} : { occurredAt: Temporal.Instant.from(occurredat) }),
      basis,
      causation: id,
      // With a blank in it, which no sender's key can have.
      idempotency: { key: `commit ${id}`, body: { commit: id } },
    };
    return { meta, data };
  };

  const goOnWithDraft = async (of: Unfinished, onAdvance: OnAdvance): Promise<Committed | Refused> => {
    const { state } = await handler.load(importFolding, importStream(of.id));
    const source = state.reissue === undefined ? knowledge.directive(of.directive, of.beginning.position)?.source : undefined;
    const reader = source?.importer ?? state.drafted?.reader ?? '';
    if (reader !== READER) throw readOtherwise(reader);
    // Whoever has decided has looked at what stood then, and sends it as of that.
    if (state.decidedSince === true) throw new Told(say('application.imports.decided-since'));
    return commitImport({ handler, imports, reissues }, of.id, {}, accepted(of).meta, onAdvance);
  };

  /** As it was read then: with the profile that was known then of its issuer. */
  const planThen = async ({ sha256, beginning }: Unfinished): Promise<Plan> => {
    const known = beforehand(sha256);
    const read = async (profile: Profile | null) => {
      const question = askedAtOnce({ name: null, mediaType: 'text/plain' }, profile, known?.settled);
      const reading = await imports.readings.kept(sha256, question);
      if (reading === undefined) throw new Told(say('application.imports.bytes-not-here', { sha256 }));
      if (reading === 'damaged') throw new Told(say('application.imports.stored-bytes-no-longer-have-this', { sha256 }));
      return reading;
    };
    const guessed = await read(known?.profile ?? null);
    const issuer = guessed.ok ? guessed.draft.directive.issuer : null;
    const profile = known === undefined ? imports.profileFor(issuer, beginning.position - 1) : null;
    const planned = planAtOnce(profile === null ? guessed : await read(profile), known?.settled);
    if (!planned.ok) throw readOtherwise(READER);
    return planned.plan;
  };

  const goOnAtOnce = async (of: Unfinished, onAdvance: OnAdvance): Promise<ImportOutcome> => {
    const { meta, data } = accepted(of);
    const { importer, counts } = DirectiveImported.schema.parse(data);
    if (importer !== READER) throw readOtherwise(importer);
    const plan = await planThen(of);
    if (!sameJson(plan.counts, counts) || plan.directive.id !== of.directive) throw readOtherwise(importer);
    return applyPlan(handler, plan, meta, { importer, onAdvance });
  };

  return {
    ...unfinished,
    commit: (id, said, meta, onAdvance) => {
      const begun = unfinished.list().find((each) => each.id === id && !each.isAtOnce);
      const sent = { ...meta, causation: begun?.beginning.id };
      return tracked(id, onAdvance, (advancing) => commitImport({ handler, imports, reissues }, id, said, sent, advancing));
    },
    commitAtOnce: (document, meta) =>
      tracked(importIdOf(document.plan.directive.sourceSha256), undefined, (advancing) =>
        importAtOnce(handler, attachments, document, meta, advancing),
      ),
    goOn: async (of, onAdvance) => {
      const going = (advancing: OnAdvance) =>
        handler.certainly(async () => (of.isAtOnce ? goOnAtOnce(of, advancing) : goOnWithDraft(of, advancing)));
      await tracked(of.id, onAdvance, going).catch(() => undefined); // `stopped` tells why
    },
    isUnderWay: (id) => underWay.has(id),
    keepsLines: async (id) => {
      const { state } = await handler.load(importFolding, importStream(id));
      if (state.status !== 'committing' || state.decidedSince === true) return undefined;
      // It is tried again and again: what stopped once is most often stopped again.
      const tries = underWay.get(id);
      if (tries !== undefined) await Promise.race([Promise.all(tries), sleep(TRY_MILLIS, undefined, { ref: false })]);
      if (!underWay.has(id) && stops.has(id)) return undefined;
      return { code: 'import-committed', detail: say('application.imports.goes-on-by-itself', { directive: state.directive }) };
    },
    stopped: (id) => stops.get(id),
    advanced: (id) => void stops.delete(id),
  };
};
