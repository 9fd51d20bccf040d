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
