import type { Roster } from '../../domain/roster/state.ts';
import { leadersOf } from '../../domain/tasks/leaders.ts';
import { foldText } from '../../kernel/json.ts';
import { say, type Message } from '../../messages/message.ts';
import type { LedgerField } from './ledger-sheet.ts';
import type { RowSaid } from './ledger-row.ts';

/** Rows as the bodies of `POST /v1/tasks`: with ids for names, and with the numbers that a ledger may leave out. */

export type RowBody = { readonly id: string; readonly directive: string; readonly parent: string | null } & Readonly<
  Record<string, unknown>
>;
export type Made =
  | { readonly ok: true; readonly body: RowBody }
  /** What a row must say and does not. */
  | { readonly ok: false; readonly field: LedgerField; readonly code: 'invalid-input' | 'party-unknown'; readonly detail: Message };

export type Around = {
  /** The directive that the ledger goes into, whatever its rows say. */
  readonly into: string | undefined;
  readonly roster: Roster;
  /** Themes that a directive has already: their numbers by their names. */
  readonly themesOf: (directive: string) => ReadonlyMap<string, number>;
};

/** The id of a party by its name, by another name that it had, or by the id itself. */
const partyIn = ({ units, collectives, byName }: Roster, name: string): string | undefined => {
  if (units.has(name) || collectives.has(name)) return name;
  const folded = foldText(name);
  return byName.get(folded) ?? [...collectives.values()].find((each) => foldText(each.name) === folded)?.id;
};

/** In another directive than its own, a ledger’s ids begin with that one’s. */
const movedTo = (id: string, from: string | undefined, to: string): string => {
  if (from === undefined || from === to) return id;
  return `${to}-${id.startsWith(`${from}-`) ? id.slice(from.length + 1) : id}`;
};

/** Gives out numbers to names in the order of their first mention, after those that are known. */
const counted = (known: Iterable<number>): { readonly of: (name: string, said: number | undefined) => number } => {
  const numbers = new Map<string, number>();
  let highest = Math.max(0, ...known);
  return {
    of: (name, said) => {
      const number = said ?? numbers.get(name) ?? highest + 1;
      numbers.set(name, number);
      highest = Math.max(highest, number);
      return number;
    },
  };
};

/** Makes the bodies of rows, one after the other: what one says first, the next ones may leave out. */
export const bodyMaker = ({ into, roster, themesOf }: Around): ((said: RowSaid) => Made) => {
  const themes = new Map<string, ReturnType<typeof counted> & { readonly known: ReadonlyMap<string, number> }>();
  const groups = new Map<string, ReturnType<typeof counted>>();
  const themesIn = (directive: string) => {
    const known = themes.get(directive)?.known ?? themesOf(directive);
    const numbers = themes.get(directive) ?? { ...counted(known.values()), known };
    themes.set(directive, numbers);
    return numbers;
  };
  const groupsIn = (theme: string) => {
    const numbers = groups.get(theme) ?? counted([]);
    groups.set(theme, numbers);
    return numbers;
  };

  return (said) => {
    const directive = into ?? said.directive;
    if (directive === undefined) return { ok: false, field: 'directive', code: 'invalid-input', detail: say('ledger-row.no-directive') };
    if (said.id === undefined && said.number === null)
      return { ok: false, field: 'id', code: 'invalid-input', detail: say('ledger-row.no-id') };
    const parties = said.assignees.map(({ role, name }) => ({ role, name, party: partyIn(roster, name) }));
    const stranger = parties.find(({ party }) => party === undefined);
    if (stranger !== undefined)
      return {
        ok: false,
        field: 'assignees',
        code: 'party-unknown',
        detail: say('ledger-row.party-unknown', { name: stranger.name }),
      };
    const own = said.id ?? `${directive}-${said.kind}-${said.number}`;
    const known = themesIn(directive);
    const theme = said.theme && {
      name: said.theme.name,
      number: known.of(said.theme.name, said.theme.number ?? known.known.get(said.theme.name)),
    };
    const key = `${directive} ${theme?.number ?? ''}`;
    const group = said.group && {
      name: said.group.name,
      number: said.group.number ?? `${theme?.number ?? 0}.${groupsIn(key).of(said.group.name, undefined)}`,
    };
    const { effectiveFrom, deadlineTerms, title, kind, number, text, deadline, measurements } = said;
    const body = {
      id: said.id === undefined ? own : movedTo(own, said.directive, directive),
      directive,
      parent: said.parent === null ? null : movedTo(said.parent, said.directive, directive),
      kind,
      number,
      text,
      theme,
      group,
      deadline,
      measurements,
      assignees: parties.map(({ role, party }) => ({ role, party })),
      ...leadersOf(said.leaders),
      ...(deadlineTerms && { deadlineTerms }),
      ...(title !== undefined && { title }),
      ...(effectiveFrom !== undefined && { effectiveFrom }),
    };
    return { ok: true, body };
  };
};
