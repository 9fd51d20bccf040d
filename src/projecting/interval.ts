/**
 * The relational interval tree (Kriegel, Pötke, Seidl, "Managing Intervals Efficiently in Object-Relational
 * Databases", VLDB 2000): a binary tree over positions that is never stored. Each closed version is filed under one
 * node of it, and the versions that hold at a position are found under the nodes on the path to that position: as
 * many look-ups as the position has bits, however long the history.
 *
 * Positions start at 1 and may pass 2^31, so powers of two are divided by, not shifted.
 */

/** The topmost node inside [from, to): the number in it that most powers of two divide. */
export const forkNode = (from: number, to: number): number => {
  const first = from - 1;
  const last = to - 1;
  let step = 1;
  while (Math.floor(first / (2 * step)) !== Math.floor(last / (2 * step))) step *= 2;
  return Math.floor(last / step) * step;
};

/**
 * The nodes that may hold versions valid at `position`, in a log of `head` positions. Under those of `left` (≤
 * position) a version is valid if it ends after the position; under those of `right`, if it begins at or before it.
 */
export const searchPath = (position: number, head: number): { readonly left: readonly number[]; readonly right: readonly number[] } => {
  const left: number[] = [];
  const right: number[] = [];
  for (let step = 2 ** Math.floor(Math.log2(head)); step >= 1; step /= 2) {
    const node = Math.floor(position / (2 * step)) * 2 * step + step;
    if (node > position) right.push(node);
    else left.push(node);
    if (node === position) break;
  }
  return { left, right: right.filter((node) => node <= head) };
};
