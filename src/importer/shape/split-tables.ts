import type { Context } from '../parts/context.ts';
import type { Profile } from '../profile.ts';
import type { Row } from './elements.ts';
import type { Run } from './runs.ts';
import { headerOf } from './table-header.ts';
import { say } from '../../messages/message.ts';

/**
 * One table that a blank line or the end of a page has cut in two: what follows has no header, as many cells, and the next
 * number where it has one.
 */

const widthUnder = (rows: readonly Row[], profile: Profile): number | null => headerOf(rows, profile)?.columns.length ?? null;

const countOf = (row: Row | undefined): number | null => {
  const first = row?.cells[0]?.folded ?? '';
  return /^\d{1,6}$/u.test(first) ? Number(first) : null;
};

type Above = { readonly rows: Row[]; readonly width: number };

const goesOn = (first: Row | undefined, { rows, width }: Above): first is Row => {
  if (first === undefined || first.cells.length !== width || first.address.includes('!')) return false;
  const [last, next] = [countOf(rows.at(-1)), countOf(first)];
  return last === null || next === null || next === last + 1;
};

export const withoutSplits = (runs: readonly Run[], profile: Profile, raise: Context['raise']): readonly Run[] => {
  const whole: Run[] = [];
  /** The table right above, and how many cells it has under its header. */
  let above: Above | null = null;
  for (const run of runs) {
    if (run.kind === 'lines') {
      above = null;
      whole.push(run);
      continue;
    }
    const width = widthUnder(run.rows, profile);
    const [first] = run.rows;
    if (above !== null && width === null && goesOn(first, above)) {
      raise('layout', first.address, say('finding.a-table-without-a-header-goes-on'), false);
      for (const row of run.rows) above.rows.push(row);
      continue;
    }
    const rows = Array.from(run.rows);
    above = width === null ? null : { rows, width };
    whole.push({ kind: 'table', rows });
  }
  return whole;
};
