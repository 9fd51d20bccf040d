/** What of a draft's findings a person must settle. It needs nothing of what a draft is made with. */

const ANSWERS = new Set(['number-missing', 'title-missing', 'issuer-missing', 'date-missing', 'no-parties', 'text-too-long']);

/** What is asked of the draft anew, in place of what the reader asked of its own reading. */
const ASKED_HERE = new Set([...ANSWERS, 'quantity-range', 'no-items']);
export const isAskedHere = ({ kind }: { readonly kind: string }): boolean => ASKED_HERE.has(kind);

/** Whether a question is one that no reason sets aside: without the answer there is nothing to record. */
export const mustBeAnswered = ({ kind, raisedBy }: { readonly kind: string; readonly raisedBy?: string }): boolean =>
  raisedBy === undefined && ANSWERS.has(kind);

type Settled = { readonly blocks: boolean; readonly decision: object | null };

/** What nobody has settled, and nothing is committed before. */
export const openIn = <Finding extends Settled>({ findings }: { readonly findings: readonly Finding[] }): readonly Finding[] =>
  findings.filter(({ blocks, decision }) => blocks && decision === null);
