import { sameJson } from '../../kernel/json.ts';
import { FINDING_KINDS } from '../../domain/directives/events.ts';
import type { Duty } from '../../domain/directives/duty.ts';
import type { Correction } from '../../domain/imports/events.ts';
import type { DocumentReading, LineUse, ReadFinding } from '../document-reading.ts';
import { dutySaid } from '../parts/schedule.ts';
import type { Profile } from '../profile.ts';
import { say } from '../../messages/message.ts';
import { kept } from '../../messages/kept.ts';
import { comparedItems } from './comparing.ts';
import { nearNames, type KnownUnit } from './near-names.ts';
import { openQuestions } from './questions.ts';
import { isAskedHere, mustBeAnswered } from './settling.ts';
import { allOf, correctedItems, type DraftItem, type Dropped } from './items.ts';
import { answering } from './answered.ts';
import { directiveIdOf, withKeys } from './keys.ts';
import { wholeOf } from './lines.ts';

/** A reading as people have corrected it: a pure function of the reading and the corrections, in their order. */

/** A correction, and who made it when. */
export type Made = { readonly correction: Correction; readonly by: string; readonly at: string };

export type Settled = { readonly decision: string; readonly reason: string; readonly by: string; readonly at: string };
export type DraftFinding = ReadFinding & {
  readonly decision: Settled | null;
  /** The person who raised it, where it was not the reader. */
  readonly raisedBy?: string;
};
type Raised = Omit<DraftFinding, 'n' | 'decision'>;

type UnitDecision = NonNullable<Correction['units']>[number];
export type CollectiveDecision = NonNullable<Correction['collectives']>[number];

export type Draft = {
  readonly directive: DocumentReading['directive'] & {
    /** Under which it is to stand; null where neither a number nor a person says one. */
    readonly id: string | null;
    readonly timeZone: string | null;
  };
  readonly profile: Profile;
  readonly items: readonly DraftItem[];
  readonly dropped: readonly Dropped[];
  readonly schedule: DocumentReading['schedule'];
  readonly prose: DocumentReading['prose'];
  readonly findings: readonly DraftFinding[];
  readonly lines: DocumentReading['lines'];
  /** By name: the last word of a person on it. */
  readonly units: ReadonlyMap<string, UnitDecision>;
  readonly collectives: ReadonlyMap<string, CollectiveDecision>;
};

const last = <Value>(corrections: readonly Made[], pick: (correction: Correction) => readonly Value[] | undefined): readonly Value[] =>
  corrections.flatMap(({ correction }) => pick(correction) ?? []);

const headOf = (reading: DocumentReading, corrections: readonly Made[]): Draft['directive'] => {
  const said = <Field extends keyof NonNullable<Correction['directive']>>(field: Field) =>
    corrections.findLast(({ correction }) => correction.directive?.[field] !== undefined)?.correction.directive?.[field];
  const number = said('number') ?? reading.directive.number;
  return {
    id: said('id') ?? (number === null ? null : directiveIdOf(number)),
    number,
    title: said('title') ?? reading.directive.title,
    issuer: said('issuer') ?? reading.directive.issuer,
    date: said('date') ?? reading.directive.date,
    timeZone: said('timeZone') ?? null,
  };
};

const linesOf = (reading: DocumentReading, corrections: readonly Made[]): DocumentReading['lines'] => {
  const segments = new Map(last(corrections, ({ segments: each }) => each).map((segment) => [segment.address, segment]));
  if (segments.size === 0) return reading.lines;
  return reading.lines.map((line) => {
    const { use, item } = segments.get(line.address) ?? {};
    return use === undefined ? line : { address: line.address, text: line.text, use, ...(item === undefined ? {} : { item }) };
  });
};

/** Paragraphs that a person has found to be prose. */
const proseOf = (reading: DocumentReading, lines: DocumentReading['lines']): DocumentReading['prose'] => {
  const read = new Map(reading.lines.map(({ address, use }) => [address, use]));
  const added = lines.filter(({ address, use }) => use === 'prose' && read.get(address) !== 'prose');
  const removed = new Set(
    lines.filter(({ address, use }) => use !== 'prose' && read.get(address) === 'prose').map(({ address }) => address),
  );
  const sectionAt = (address: string): string => {
    const before = lines.slice(
      0,
      lines.findIndex((line) => line.address === address),
    );
    return before.findLast(({ use }) => use === 'heading')?.text ?? '';
  };
  return [
    ...reading.prose.filter(({ address }) => !removed.has(address)),
    ...added.map(({ address, text }) => ({ section: sectionAt(address), text, address })),
  ];
};

const scheduleOf = (reading: DocumentReading, corrections: readonly Made[]): DocumentReading['schedule'] => {
  const duties: readonly Duty[] | undefined = corrections.findLast(({ correction }) => correction.duties !== undefined)?.correction.duties;
  if (duties === undefined || sameJson(duties, reading.schedule.duties)) return reading.schedule;
  return { ...reading.schedule, duties, words: duties.map(dutySaid) };
};

/** Said anew of the items as they are corrected. */
const COMPARED = new Set(['collective-unresolved', 'no-leader', 'no-deadline', 'date-order', 'row-differs', 'comparator-conflict']);

/** About a line that a person has placed, or a name that a person has found to be a unit: answered, and no finding any more. */
const OF_LINES = new Set(['unread', 'prose-set-aside', 'noise-set-aside']);
const OF_NAMES = new Set(['name-unresolved', 'name-doubtful', 'prefix-missing']);

type Corrected = { readonly placed: ReadonlyMap<string, LineUse>; readonly named: readonly string[] };

const stands = ({ kind, address, detail }: Omit<ReadFinding, 'n'>, { placed, named }: Corrected): boolean => {
  if (OF_LINES.has(kind)) return (placed.get(address) ?? 'unread') === 'unread';
  return !OF_NAMES.has(kind) || !named.some((name) => detail.includes(`“${name}”`));
};

/** Names that a person has found to be units, and what is printed in their place. */
const namesDecided = ({ items, units }: Pick<Draft, 'items' | 'units'>): readonly string[] => {
  if (units.size === 0) return [];
  const parties = allOf(items).flatMap(({ assignees }) => assignees);
  const printed = parties.flatMap((each) => (units.has(each.name) && each.printed !== undefined ? [each.printed] : []));
  return [...new Set([...units.keys(), ...printed])];
};

const KINDS: readonly string[] = FINDING_KINDS;

/** In the order of the document. */
const inOrder = <Finding extends Omit<ReadFinding, 'n'>>(
  findings: readonly Finding[],
  lines: DocumentReading['lines'],
): readonly Finding[] => {
  const places = new Map<string, number>();
  for (const [index, { address }] of lines.entries())
    for (const place of [address, wholeOf(address)]) if (!places.has(place)) places.set(place, index);
  return findings.toSorted(
    (a, b) =>
      (places.get(a.address) ?? lines.length) - (places.get(b.address) ?? lines.length) || KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind),
  );
};

/** A finding is known by what it says, wherever another reading counts it. */
const keyOf = ({ kind, address, detail }: Omit<ReadFinding, 'n' | 'blocks'>): string => [kind, address, detail].join('\n');

/** What the record of a finding holds. What is cut is so in every language. */
const LONGEST_DETAIL = 4000;
const cut = <Finding extends Raised>(finding: Finding): Finding =>
  finding.detail.length <= LONGEST_DETAIL
    ? finding
    : { ...finding, detail: `${finding.detail.slice(0, LONGEST_DETAIL - 2).toWellFormed()}…`, said: undefined };

/** Nobody settles more of one kind at a time. The others are counted in one more finding, and listed as those before are settled. */
const LISTED = 1000;

const listed = (found: readonly Raised[], decisionOn: (finding: Raised) => Settled | null): readonly Omit<DraftFinding, 'n'>[] => {
  const counts = new Map<string, number>();
  const more = new Map<string, { readonly first: Raised; count: number; blocks: boolean }>();
  const shown = found.map(cut).flatMap((finding) => {
    const { kind, blocks } = finding;
    const decision = decisionOn(finding);
    const count = (counts.get(kind) ?? 0) + 1;
    if (decision === null && count > LISTED) {
      const rest = more.get(kind) ?? { first: finding, count: 0, blocks: false };
      more.set(kind, { ...rest, count: rest.count + 1, blocks: rest.blocks || blocks });
      return [];
    }
    if (decision === null) counts.set(kind, count);
    return [{ ...finding, decision }];
  });
  const rest = [...more].map(([kind, { first, count, blocks }]) => {
    const finding = { kind, address: first.address, ...kept(say('finding.more-of-this-kind-from-here-on', { count })), blocks };
    return { ...finding, decision: decisionOn(finding) };
  });
  return [...shown, ...rest];
};

/** @param known  units that its names may mean */
export const draftOf = (reading: DocumentReading, corrections: readonly Made[], known: readonly KnownUnit[] = []): Draft => {
  const lines = linesOf(reading, corrections);
  const { items, dropped } = correctedItems(reading.items, lines, corrections);
  const directive = headOf(reading, corrections);
  const base = {
    directive,
    profile: reading.profile,
    items,
    dropped,
    schedule: scheduleOf(reading, corrections),
    prose: proseOf(reading, lines),
    lines,
    units: new Map(last(corrections, ({ units }) => units).map((unit) => [unit.name, unit])),
    collectives: new Map(last(corrections, ({ collectives }) => collectives).map((each) => [each.name, each])),
  };
  const decisions = corrections.flatMap(({ correction, by, at }) => (correction.findings ?? []).map((found) => ({ ...found, by, at })));
  const placed = new Map(last(corrections, ({ segments }) => segments).map(({ address, use }) => [address, use]));
  const isAnswered = answering(withKeys(reading.items), reading.lines, corrections);
  const named = namesDecided(base);
  const own = reading.findings.filter((finding) => !isAskedHere(finding) && !COMPARED.has(finding.kind) && !isAnswered(finding));
  const raised: readonly Raised[] = [...own, ...openQuestions(base), ...comparedItems(base), ...nearNames(base, known)];
  const byPeople = corrections.flatMap(({ correction, by }) =>
    (correction.raised ?? []).map((each): Raised => ({ ...each, raisedBy: by })),
  );
  const found = inOrder([...raised.filter((finding) => stands(finding, { placed, named })), ...byPeople], lines);
  const decided = new Map(decisions.map((decision) => [keyOf(decision), decision]));
  const decisionOn = (finding: Raised): Settled | null => {
    const said = mustBeAnswered(finding) ? undefined : decided.get(keyOf(finding));
    return said === undefined ? null : { decision: said.decision, reason: said.reason, by: said.by, at: said.at };
  };
  const findings = listed(found, decisionOn).map((finding, index): DraftFinding => ({ ...finding, n: index + 1 }));
  return { ...base, findings };
};
