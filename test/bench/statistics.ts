/** The value below which the part `q` (0 to 1) of the sample lies; nearest rank. */
export const quantile = (sample: readonly number[], q: number): number => {
  if (sample.length === 0) throw new RangeError('no sample');
  const sorted = sample.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN;
};

export const median = (sample: readonly number[]): number => quantile(sample, 0.5);

/**
 * Each variant in turn, round after round (A B A B …), so that whatever else the machine does falls on all of them
 * alike. Gives each variant's measurements, in order of rounds.
 */
export const interleave = async <Variants extends Readonly<Record<string, () => unknown>>>(
  rounds: number,
  variants: Variants,
): Promise<{ readonly [Name in keyof Variants]: readonly Awaited<ReturnType<Variants[Name]>>[] }> => {
  const measured: Record<string, unknown[]> = Object.fromEntries(Object.keys(variants).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1)
    for (const [name, measure] of Object.entries(variants)) measured[name]?.push(await measure());
  // One list for each variant, of what it gave.
  return measured as { readonly [Name in keyof Variants]: readonly Awaited<ReturnType<Variants[Name]>>[] };
};

/** The middle of the quotients of measurements that were made next to each other: what disturbs one disturbs its neighbour. */
export const medianRatio = (above: readonly number[], below: readonly number[]): number =>
  median(above.flatMap((value, round) => (below[round] === undefined ? [] : [value / below[round]])));
