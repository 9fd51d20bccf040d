/** Insertions, deletions and substitutions that make one text of another (Levenshtein). */
export const distance = (one: string, other: string): number => {
  const letters = Array.from(other);
  let above = [0, ...letters.map((_, index) => index + 1)];
  for (const [row, letter] of Array.from(one).entries()) {
    const line = [row + 1];
    for (const [column, against] of letters.entries()) {
      const substituted = (above[column] ?? 0) + (letter === against ? 0 : 1);
      line.push(Math.min(substituted, (above[column + 1] ?? 0) + 1, (line[column] ?? 0) + 1));
    }
    above = line;
  }
  return above.at(-1) ?? 0;
};

/** The one that takes the fewest changes; of several the first. Undefined where there is none. */
export const nearest = (text: string, among: Iterable<string>): string | undefined => {
  let best: { readonly found: string; readonly away: number } | undefined;
  for (const found of among) {
    const away = distance(text, found);
    if (best === undefined || away < best.away) best = { found, away };
  }
  return best?.found;
};

/** As many letters as a slip of the hand gets wrong: a third of a name, and two of a short one, for two may change places. */
const slips = (name: string): number => Math.max(2, Math.floor(name.length / 3));

/** The nearest, where it may have been meant: few of its letters are wrong, and fewer than are right. */
export const meant = (text: string, among: Iterable<string>): string | undefined => {
  const found = nearest(text, among);
  if (found === undefined) return undefined;
  const away = distance(text, found);
  return away <= slips(found) && 2 * away < Math.max(text.length, found.length) ? found : undefined;
};
