import type { ValueOf } from '../../kernel/schema.ts';
import { stateIn, stateSaid } from '../../messages/named.ts';
import { inEach } from '../../messages/words.ts';
import type { Column, Sheet } from '../../publishing/sheets/sheet.ts';
import { standingCountsAnswer } from '../shared/compliance-answers.ts';

/** How far groups of tasks are, as a sheet. */

type Standings = ValueOf<typeof standingCountsAnswer>;
type Group = { readonly name: string | null; readonly standings: Standings };

const STANDINGS = standingCountsAnswer.keyof().options;
const STATES = { ahead: 'ahead', onTrack: 'on-track', behind: 'behind', done: 'done', unknown: 'unknown' } as const;

/** People read counts in columns of their own. */
const COUNTS = STANDINGS.map((standing): Column<Group> => ({
  heading: inEach(stateSaid(STATES[standing])),
  width: 8,
  seen: 'people',
  value: ({ standings }) => standings[standing],
}));

/** For people who read Chinese every group has a name, `none` where it is of none; for programs, and in English, it is as in JSON. */
export const progressSheet = <Item extends Group>(listed: Sheet<Item>, none: string): Sheet<Item> => {
  const columns = listed.columns.flatMap((column): readonly Column<Item>[] => {
    if (column.heading.en === 'name')
      return [{ ...column, value: ({ name }, { language }) => (language === 'en' ? name : stateIn(name ?? none, language)) }];
    return column.heading.en === 'standings' ? [...COUNTS, { ...column, seen: 'folded' }] : [column];
  });
  const behind = columns.findIndex((column) => column === COUNTS[STANDINGS.indexOf('behind')]);
  return { ...listed, columns, counts: [{ column: behind, light: 'red' }] };
};
