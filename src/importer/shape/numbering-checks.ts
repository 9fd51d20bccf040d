import type { Context } from '../parts/context.ts';
import type { Paragraph } from './paragraphs.ts';
import type { Style } from './numbering.ts';
import { say } from '../../messages/message.ts';

type Run = { style: Style; last: number; number: string; address: string };

/** Gaps, repeats and restarts in the numbers of every style, in the order of the document. */
export const checkNumbering = (paragraphs: readonly Paragraph[], context: Context): void => {
  let open: Run[] = [];
  const ended = new Map<Style, number>();
  const continued = new Set<Style>();
  for (const { marker, address } of paragraphs) {
    if (marker === null || marker.value === null) continue;
    const { style, value, number } = marker;
    const at = open.findIndex((run) => run.style === style);
    const run = open[at];
    if (run !== undefined) {
      open = open.slice(0, at + 1);
      if (value !== run.last + 1) {
        const what =
          value === 1
            ? say('finding.begins-anew')
            : value === run.last
              ? say('finding.stands-twice')
              : value > run.last
                ? say('finding.follows-what-stands-between-is-missing', { number: run.number })
                : say('finding.stands-after', { number: run.number });
        context.raise(value === 1 ? 'numbering-restarts' : 'numbering-gap', address, say('finding.number', { number, what }), true);
      }
      run.last = value;
      run.number = number;
      run.address = address;
    } else {
      const before = ended.get(style);
      if (value !== 1 && before !== undefined && value === before + 1) {
        if (!continued.has(style))
          context.raise('numbering-continues', address, say('finding.number-goes-on-from-the-part-before', { number }), false);
        continued.add(style);
      } else if (value !== 1) context.raise('numbering-gap', address, say('finding.the-first-number-here-is', { number }), true);
      open.push({ style, last: value, number, address });
    }
    ended.set(style, value);
  }
};

/** The same for the numbers of a table's rows. */
export const checkRowNumbers = (rows: readonly { readonly number: string; readonly address: string }[], context: Context): void => {
  let last: number | null = null;
  for (const { number, address } of rows) {
    const [, digits] = /^(?:.*\D)?(\d{1,6})$/u.exec(number) ?? [];
    if (digits === undefined || (number.includes('-') && !/^[A-Za-z]/u.test(number))) continue;
    const value = Number(digits);
    if (last !== null && value !== last + 1) {
      const restarts = value === 1;
      context.raise(
        restarts ? 'numbering-restarts' : 'numbering-gap',
        address,
        restarts ? say('finding.number-begins-anew', { number }) : say('finding.number-does-not-follow', { number, last }),
        !restarts,
      );
    }
    if (last === null && value !== 1) context.raise('numbering-gap', address, say('finding.the-first-number-is', { number }), true);
    last = value;
  }
};
