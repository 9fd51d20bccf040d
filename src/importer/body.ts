import { trailingBracket } from '../kernel/text-folding.ts';
import type { Lines } from './lines.ts';
import type { Role } from './proposal.ts';
import { read, refuse, type Line, type Read } from './reading.ts';
import { GROUP, nameOf, numeral, TARGET, TASK, THEME } from './structure.ts';

/** A target or a task as it stands in the text, its units not yet told apart. */
export type BodyItem = {
  readonly kind: 'target' | 'task';
  readonly number: number;
  readonly line: Line;
  readonly text: string;
  readonly lists: readonly { readonly role: Role; readonly list: string }[];
  readonly theme: { readonly number: number; readonly name: string } | null;
  readonly group: { readonly number: string; readonly name: string } | null;
  /** The line of a bracket of units that stands by itself, as task 98's (line 164). */
  readonly bracketLine: Line | null;
};

type Bracketed = { readonly text: string; readonly inside: string; readonly bracketLine: Line | null };

/** An item's text and its bracket of units, at the end of its own line or alone on the next. */
const readBracketed = (
  lines: Lines,
  at: number,
  numberLength: number,
  isUnits: (inside: string) => boolean,
  expected: string,
): Read<Bracketed> => {
  const line = lines.at(at);
  const text = line.text.slice(numberLength).trim();
  const own = trailingBracket(text);
  if (own !== null && own.before !== '' && isUnits(own.inside)) {
    return read({ text: own.before, inside: own.inside, bracketLine: null }, at + 1);
  }
  const following = lines.at(at + 1);
  const alone = trailingBracket(following.text);
  if (own === null && alone !== null && alone.before === '' && isUnits(alone.inside)) {
    return read({ text, inside: alone.inside, bracketLine: following }, at + 2);
  }
  return refuse(line, expected);
};

const SECTION_ONE = /^一、.*目标/u;
const SECTION_TWO = /^二、.*(?:工作|任务)/u;

/** Section 一 (lines 8 to 21): `<n>.<target>(<units>)`. */
export const readTargets = (lines: Lines, at: number): Read<readonly BodyItem[]> => {
  const heading = lines.at(at);
  if (!SECTION_ONE.test(heading.folded)) return refuse(heading, 'the heading of section 一, on targets');
  const targets: BodyItem[] = [];
  let next = at + 1;
  for (;;) {
    const line = lines.at(next);
    if (targets.length > 0 && SECTION_TWO.test(line.folded)) return read(targets, next);
    const number = targets.length + 1;
    const [begin = '', printed = ''] = TARGET.exec(line.folded) ?? [];
    if (Number(printed) !== number) {
      return refuse(line, `target ${number}${targets.length > 0 ? ', or the heading of section 二, on tasks' : ''}`);
    }
    const item = readBracketed(
      lines,
      next,
      begin.length,
      (inside) => inside !== '',
      `the units of target ${number} in a bracket at its end`,
    );
    if (!item.ok) return item;
    const { text, inside, bracketLine } = item.value;
    targets.push({
      kind: 'target',
      number,
      line,
      text,
      lists: [{ role: 'responsible', list: inside }],
      theme: null,
      group: null,
      bracketLine,
    });
    next = item.next;
  }
};

// A semicolon between the roles is another city's habit; it cannot be mistaken for anything else.
const ROLES = /^牵头单位:(.+?)(?:[,;]配合单位:(.+))?$/u;

const rolesOf = (inside: string): BodyItem['lists'] => {
  const [, lead = '', cooperating] = ROLES.exec(inside) ?? [];
  return [{ role: 'lead', list: lead }, ...(cooperating === undefined ? [] : [{ role: 'cooperating' as const, list: cooperating }])];
};

/** Where the reading of section 二 stands: the tasks are counted through, the groups anew in every theme. */
type Place = {
  readonly theme: { readonly number: number; readonly name: string } | null;
  readonly group: { readonly number: number; readonly name: string } | null;
  /** Whether the group (and so the theme) has a task already, and may be followed by another. */
  readonly filled: boolean;
};

const expectedAt = (place: Place, nextTask: number): string => {
  const theme = `theme (${numeral((place.theme?.number ?? 0) + 1)})`;
  const group = `group ${(place.group?.number ?? 0) + 1}.`;
  const task = `task (${nextTask}) with its units`;
  if (place.theme === null) return theme;
  if (place.group === null) return group;
  return place.filled ? `${task}, ${group}, ${theme}, or the line "附件:"` : task;
};

export type Plan = { readonly tasks: readonly BodyItem[]; readonly themes: number; readonly groups: number };

const ATTACHMENT = /^附件:/u;

/** Section 二 (lines 22 to 165): themes `(一)`, groups `1.`, tasks `(1)…(牵头单位:…,配合单位:…)`. Ends before `附件:`. */
export const readPlan = (lines: Lines, at: number): Read<Plan> => {
  const tasks: BodyItem[] = [];
  let groups = 0;
  let place: Place = { theme: null, group: null, filled: false };
  let next = at + 1;
  for (;;) {
    const line = lines.at(next);
    const number = tasks.length + 1;
    const expected = expectedAt(place, number);
    const theme = THEME.exec(line.folded);
    const group = GROUP.exec(line.folded);
    const task = TASK.exec(line.folded);
    const themeNumber = (place.theme?.number ?? 0) + 1;
    const groupNumber = (place.group?.number ?? 0) + 1;
    const mayClose = place.theme === null || place.filled;

    if (place.filled && ATTACHMENT.test(line.folded)) return read({ tasks, themes: place.theme?.number ?? 0, groups }, next);
    if (theme !== null && mayClose && theme[1] === numeral(themeNumber)) {
      place = { theme: { number: themeNumber, name: nameOf(line, theme) }, group: null, filled: false };
      next += 1;
    } else if (group !== null && place.theme !== null && (place.group === null || place.filled) && Number(group[1]) === groupNumber) {
      place = { theme: place.theme, group: { number: groupNumber, name: nameOf(line, group) }, filled: false };
      groups += 1;
      next += 1;
    } else if (task !== null && place.theme !== null && place.group !== null && Number(task[1]) === number) {
      const item = readBracketed(
        lines,
        next,
        task[0].length,
        (inside) => ROLES.test(inside),
        `the units of task (${number}) in a bracket at its end, "(牵头单位:…,配合单位:…)"`,
      );
      if (!item.ok) return item;
      const { text, inside, bracketLine } = item.value;
      const within = { theme: place.theme, group: { number: `${place.theme.number}.${place.group.number}`, name: place.group.name } };
      tasks.push({ kind: 'task', number, line, text, lists: rolesOf(inside), ...within, bracketLine });
      place = { ...place, filled: true };
      next = item.next;
    } else {
      return refuse(line, expected);
    }
  }
};
