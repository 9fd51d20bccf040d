import { bare } from '../../kernel/text-folding.ts';

/**
 * Which item of a new edition is which of the one before: by its number and its text where neither moved; by its text where
 * the numbering did; by its number where the text was mended; at last by its number alone.
 */

export type Numbered = { readonly kind: string; readonly number: number | null; readonly text: string };

export type Pair<Old, New> = {
  readonly old: Old;
  readonly new: New;
  /** Nothing but the number says that it is the same: its text has little to do with the one before. */
  readonly isRewritten: boolean;
};

export type Matching<Old, New> = {
  readonly pairs: readonly Pair<Old, New>[];
  readonly added: readonly New[];
  readonly dropped: readonly Old[];
};

/** Texts that have nothing to do with each other share some fifth of their pairs of neighbouring letters. */
const ALIKE = 0.5;
/** Comparisons of texts in one matching: beyond, what no number and no equal text tells is added and dropped. */
const MOST_COMPARISONS = 250_000;

const pairsOf = (text: string): ReadonlySet<string> => {
  const letters = bare(text);
  return new Set(Array.from({ length: Math.max(0, letters.length - 1) }, (_, at) => letters.slice(at, at + 2)));
};

/** The share of pairs of neighbouring letters that two texts have in common (Dice). */
const likeness = (one: ReadonlySet<string>, other: ReadonlySet<string>): number =>
  one.size + other.size === 0 ? 0 : (2 * one.intersection(other).size) / (one.size + other.size);

const numberKey = ({ kind, number }: Numbered): string | undefined => (number === null ? undefined : `${kind} ${number}`);
const textKey = ({ kind, text }: Numbered): string => `${kind} ${bare(text) || text}`;

export const matchItems = <Old extends Numbered, New extends Numbered>(
  before: readonly Old[],
  after: readonly New[],
): Matching<Old, New> => {
  const old = new Set(before);
  const fresh = new Set(after);
  const found = new Map<New, Pair<Old, New>>();
  const pair = (was: Old, is: New, isRewritten = false): void => {
    old.delete(was);
    fresh.delete(is);
    found.set(is, { old: was, new: is, isRewritten });
  };
  /** Pairs what has the same key, in the order in which it stands. */
  const byKey = (keyOf: (item: Numbered) => string | undefined, fits: (was: Old, is: New) => boolean, isRewritten = false): void => {
    const standing = Map.groupBy(old, keyOf);
    for (const is of fresh) {
      const key = keyOf(is);
      const was = key === undefined ? undefined : standing.get(key)?.find((each) => old.has(each) && fits(each, is));
      if (was !== undefined) pair(was, is, isRewritten);
    }
  };
  const letters = new Map<Numbered, ReadonlySet<string>>();
  const lettersOf = (item: Numbered): ReadonlySet<string> => {
    const known = letters.get(item) ?? pairsOf(item.text);
    letters.set(item, known);
    return known;
  };
  const any = (): boolean => true;
  const areAlike = (was: Old, is: New): boolean => likeness(lettersOf(was), lettersOf(is)) >= ALIKE;

  byKey((item) => numberKey(item) && `${numberKey(item)} ${textKey(item)}`, any);
  byKey(textKey, any);
  byKey(numberKey, areAlike);
  if (old.size * fresh.size <= MOST_COMPARISONS) {
    const candidates = [...fresh].flatMap((is) =>
      [...old].flatMap((was) => {
        const score = was.kind === is.kind ? likeness(lettersOf(was), lettersOf(is)) : 0;
        return score >= ALIKE ? [{ was, is, score }] : [];
      }),
    );
    for (const { was, is } of candidates.toSorted((a, b) => b.score - a.score)) if (old.has(was) && fresh.has(is)) pair(was, is);
  }
  byKey(numberKey, any, true);
  return { pairs: after.flatMap((is) => found.get(is) ?? []), added: [...fresh], dropped: [...old] };
};
