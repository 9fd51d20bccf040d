import type { Moment } from './moment.ts';

/** Whether an instant (epoch ms) has come. */
export type Reached = Moment['reached'];

/**
 * What follows from a source and from which of its receipts had come at a moment: computed once for each set of them.
 * `receiptsOf` names every instant that `valueBy` may ask about.
 */
export const perCut = <Source extends object, Value>(
  receiptsOf: (source: Source) => Iterable<number>,
  valueBy: (source: Source, reached: Reached) => Value,
): ((source: Source, moment: { readonly reached: Reached }) => Value) => {
  const known = new WeakMap<Source, { readonly receipts: readonly number[]; readonly values: Map<number, { readonly value: Value }> }>();
  return (source, { reached }) => {
    let of = known.get(source);
    if (of === undefined) known.set(source, (of = { receipts: [...receiptsOf(source)].sort((a, b) => a - b), values: new Map() }));
    const last = of.receipts.findLast(reached) ?? -Infinity;
    let found = of.values.get(last);
    if (found === undefined) of.values.set(last, (found = { value: valueBy(source, (instant) => instant <= last) }));
    return found.value;
  };
};
