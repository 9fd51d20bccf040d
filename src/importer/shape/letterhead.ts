import { BODY } from '../words/bodies.ts';
import { shown, withoutBlanks } from '../words/folded.ts';
import type { Line } from './elements.ts';

/** The red head that is printed over an official document: 洛川市人民政府办公室文件, or the office and 文 件 in a line of its own. */
export type Letterhead = { readonly lines: readonly Line[]; readonly issuer: string | null };

const IN_ONE_LINE = /^(?!.*(?:关于|印发|转发|20\d{2}))(\p{Script=Han}{3,40})文件$/u;
/** A head stands at the top: what stands further down is none. */
const MOST_LINES = 8;

const isBody = ({ folded, marker }: Line): boolean => marker === null && BODY.test(withoutBlanks(folded));

/** The lines of the letterhead; several offices that issue together stand one over the other. Null where the text has none. */
export const letterheadOf = (lines: readonly Line[]): Letterhead | null => {
  const top = lines.slice(0, MOST_LINES);
  const at = top.findIndex((line) => !isBody(line));
  const last = top[at];
  if (last === undefined || last.marker !== null) return null;
  const text = withoutBlanks(last.folded);
  const own = IN_ONE_LINE.exec(text)?.[1];
  const isOwn = own !== undefined && BODY.test(own);
  if (!isOwn && (text !== '文件' || at === 0)) return null;
  const [first] = top;
  const issuer = at > 0 && first !== undefined ? withoutBlanks(shown(first.text)) : (own ?? null);
  return { lines: top.slice(0, at + 1), issuer };
};
