import { instantMillis } from '../../kernel/clock.ts';
import { digestOf } from '../../kernel/canonical.ts';
import { momentAt } from '../../kernel/moment.ts';
import type { Period } from '../../kernel/periods.ts';
import { atOnce, type Pieces } from '../../kernel/pieces.ts';
import { totalsOf, unitLines, versionsUsed, type Totals, type UnitLine } from '../compliance/board.ts';
import type { Facts } from '../compliance/facts.ts';
import { judgeByFirstRules } from '../compliance/first-rules/judge.ts';
import { judgeInPieces, JUDGE_VERSION, type Excluded, type Judgement } from '../compliance/judge.ts';
import type { Obligation } from '../compliance/obligation.ts';

/** What was counted apart came with the second version of the rules. */
type Counted<Line extends Totals> = Omit<Line, 'awaiting'> & Partial<Pick<Line, 'awaiting'>>;

/**
 * What a snapshot shows: compliance at (position, moment), nothing of who took it or when, so that one taken today
 * of an old position equals the one taken then.
 */
export type SnapshotBody = {
  readonly directive: string;
  readonly period: Period | null;
  /** Version of the judging rules. */
  readonly judge: number;
  readonly basis: {
    readonly position: number;
    readonly recordedAt: string | null;
    readonly on: string;
    /** The moment judged, RFC 3339 ms UTC. By the first rules it was the end of the day `on`, and was not named. */
    readonly at?: string | undefined;
    readonly timeZone: string;
  };
  readonly policyVersions: readonly number[];
  readonly totals: Counted<Totals>;
  readonly units: readonly Counted<UnitLine>[];
  readonly excludedCollectives: readonly Excluded[];
  readonly obligations: readonly Obligation[];
};

/** Versions of the judging rules that this program has. */
export const JUDGES: readonly number[] = [1, JUDGE_VERSION];

const bodyOf = (
  facts: Facts,
  period: Period | null,
  basis: SnapshotBody['basis'],
  version: number,
  { obligations, excluded }: Judgement,
): SnapshotBody & { readonly totals: Totals; readonly units: readonly UnitLine[] } => ({
  directive: facts.directive,
  period,
  judge: version,
  basis,
  policyVersions: versionsUsed(obligations),
  totals: totalsOf(obligations),
  units: unitLines(obligations),
  excludedCollectives: excluded,
  obligations,
});

const bodyByFirstRules = (facts: Facts, period: Period | null, basis: SnapshotBody['basis']): SnapshotBody => {
  const body = bodyOf(facts, period, basis, 1, judgeByFirstRules(facts, { on: basis.on, period }));
  const { awaiting: _, ...totals } = body.totals;
  return { ...body, totals, units: body.units.map(({ awaiting: __, ...line }) => line) };
};

/**
 * The body by the rules of a version, the newest unless named.
 * @throws RangeError  there are no such rules, or the moment is not named
 */
export function* snapshotBodyInPieces(
  facts: Facts,
  period: Period | null,
  basis: SnapshotBody['basis'],
  version = JUDGE_VERSION,
): Pieces<SnapshotBody> {
  if (version === 1) return bodyByFirstRules(facts, period, basis);
  if (version !== JUDGE_VERSION || basis.at === undefined) throw new RangeError(`no rules of version ${version} for such a basis`);
  const moment = momentAt(instantMillis(basis.at), basis.timeZone);
  const judgement = yield* judgeInPieces(facts, { at: moment, period: period ?? undefined });
  yield;
  return bodyOf(facts, period, basis, version, judgement);
}

export const snapshotBody = (...asked: Parameters<typeof snapshotBodyInPieces>): SnapshotBody => atOnce(snapshotBodyInPieces(...asked));

/** Lower-case hex SHA-256 of the body's RFC 8785 bytes. */
export const snapshotDigest = (body: SnapshotBody): string => digestOf(body);
