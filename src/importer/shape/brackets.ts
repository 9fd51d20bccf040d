/** A bracket of a folded text that stands in no other one; `end` is after its closing mark. */
export type Bracket = { readonly start: number; readonly end: number };

const NONE = -1;

/** The outermost brackets, in order, and where one opens that never closes. */
export const bracketsOf = (text: string): { readonly brackets: readonly Bracket[]; readonly open: number | null } => {
  const brackets: Bracket[] = [];
  const opened: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (letter === '(') opened.push(at);
    if (letter !== ')') continue;
    const start = opened.pop() ?? NONE;
    if (start !== NONE && opened.length === 0) brackets.push({ start, end: at + 1 });
  }
  return { brackets, open: opened[0] ?? null };
};

/** Cut at every separator that stands in no bracket; with where each piece begins. */
export const piecesOf = (
  text: string,
  separators: string,
): readonly { readonly at: number; readonly text: string; readonly by: string }[] => {
  const pieces: { at: number; text: string; by: string }[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (letter === '(') depth += 1;
    else if (letter === ')') depth = Math.max(0, depth - 1);
    else if (depth === 0 && separators.includes(letter)) {
      pieces.push({ at: from, text: text.slice(from, at), by: letter });
      from = at + 1;
    }
  }
  pieces.push({ at: from, text: text.slice(from), by: '' });
  return pieces;
};
