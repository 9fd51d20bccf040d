import type { Context } from '../parts/context.ts';
import { BODY } from '../words/bodies.ts';
import { folded as fold, shown, withoutBlanks } from '../words/folded.ts';
import { dateOfLine } from './date-line.ts';
import { LONGEST_LINE, type Accounts, type Element, type Line } from './elements.ts';
import { issuerOf, numberIn, readTop, type Head } from './head.ts';
import { say } from '../../messages/message.ts';

/** Who issued the document, when, and the year of its days: what its title, its signature and the pairs around it say together. */
export type Provenance = {
  readonly head: Head;
  readonly year: number | null;
  /** Lines that title and number took. */
  readonly taken: ReadonlySet<Line>;
  readonly signed: ReadonlyMap<Line, 'date' | 'name'>;
};

const YEAR = /(20\d{2})(?:年|-|〕|\)|\]|$)/u;

const yearIn = (...texts: readonly (string | null)[]): number | null => {
  for (const text of texts) {
    const plain = fold(text ?? '');
    const year = YEAR.exec(withoutBlanks(plain))?.[1] ?? /[〔[(](20\d{2})/u.exec(plain)?.[1];
    if (year !== undefined) return Number(year);
  }
  return null;
};

/** The year that lines print first, where title, number and day have none. */
const yearOfLines = (elements: readonly Element[], raise: Context['raise']): number | null => {
  for (const element of elements)
    for (const { text, address } of element.kind === 'line' ? [element] : element.cells) {
      const year = text.length > LONGEST_LINE ? null : yearIn(text);
      if (year === null) continue;
      raise('year-guessed', address, say('finding.days-without-a-year-are-read-in', { year }), true);
      return year;
    }
  return null;
};

/** Lines of the signature: the day and who signs above it. */
const signatures = (lines: readonly Line[], issuer: string | null): ReadonlyMap<Line, 'date' | 'name'> => {
  const found = new Map<Line, 'date' | 'name'>();
  for (const [index, line] of lines.entries()) {
    if (dateOfLine(line.folded) === null) continue;
    found.set(line, 'date');
    for (let at = index - 1; at >= Math.max(0, index - 4); at -= 1) {
      const before = lines[at];
      if (before === undefined || !isSigner(before, issuer)) break;
      found.set(before, 'name');
    }
  }
  const last = lines.at(-1);
  if (last !== undefined && issuer !== null && withoutBlanks(last.folded) === withoutBlanks(issuer)) found.set(last, 'name');
  return found;
};

const isSigner = ({ folded, marker }: Line, issuer: string | null): boolean => {
  const name = withoutBlanks(folded);
  return marker === null && name.length <= 30 && !/[。,;:、()\d]/u.test(name) && (name === withoutBlanks(issuer ?? '') || BODY.test(name));
};

const issuerFrom = (title: string | null, meta: string | null): string | null => {
  const own = title === null ? null : issuerOf(title);
  const isOrgan = own !== null && BODY.test(withoutBlanks(own));
  return isOrgan ? own : (meta ?? own);
};

/** `year`: that of the office's profile, which is then not looked for. */
export const provenanceOf = (
  lines: readonly Line[],
  meta: Head,
  all: readonly Element[],
  accounts: Accounts,
  { raise, year }: Pick<Context, 'raise' | 'year'>,
): Provenance => {
  const top = readTop(lines, accounts, raise);
  const title = top.title ?? meta.title;
  const named = issuerFrom(title, meta.issuer ?? top.issuer);
  const signed = signatures(
    lines.filter((line) => !top.taken.has(line)),
    named,
  );
  const signer = [...signed].find(([, what]) => what === 'name')?.[0];
  const isNamed = named !== null && BODY.test(withoutBlanks(named));
  const issuer = isNamed || signer === undefined ? named : shown(signer.text);
  const signers = [...signed].filter(([, what]) => what === 'name').map(([line]) => line);
  if (!isNamed && signer !== undefined && signers.length > 1)
    raise(
      'layout',
      signer.address,
      say('finding.is-taken-as-the-issuer-lines-may', { text: shown(signer.text), count: signers.length }),
      true,
    );
  if (named !== null && !isNamed && signer === undefined)
    raise('issuer-missing', all[0]?.address ?? '', say('finding.is-the-place-in-the-title', { named }), false);
  const signedOn = [...signed].find(([line, what]) => what === 'date' && dateOfLine(line.folded) !== null)?.[0];
  const date = (signedOn === undefined ? null : dateOfLine(signedOn.folded)) ?? meta.date;
  const number = top.number ?? (meta.number === null ? null : (numberIn(meta.number) ?? meta.number));
  if (top.number === null && number !== null && numberIn(number) === null)
    raise('number-missing', all[0]?.address ?? '', say('finding.has-not-the-form-of-a-document', { number }), true);
  if (signedOn !== undefined && !/\d/u.test(signedOn.folded))
    raise('layout', signedOn.address, say('finding.the-day-of-the-document-is-in', { date: date ?? '' }), false);
  for (const [line] of signed) accounts.mark(line.ref, 'noise');

  return {
    head: { number, title, issuer, date },
    year: year ?? yearIn(title, number, date) ?? yearOfLines(all, raise),
    taken: top.taken,
    signed,
  };
};
