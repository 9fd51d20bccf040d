import type { BodyItem } from './body.ts';
import type { Document } from './document.ts';
import type { Row } from './items-schedule.ts';
import { linkRows, type Link } from './links.ts';
import type { Role } from './proposal.ts';
import { readUnits, type Mention, type Seat } from './unit-list.ts';

/** A unit or collective with its role, as one item names it. */
export type Named = { readonly role: Role; readonly kind: 'unit' | 'collective'; readonly name: string };

/** An item with its list of units told apart: who is named, and what was no name. */
type Parties = {
  readonly id: string;
  readonly named: readonly Named[];
  readonly doubts: readonly { readonly printed: string; readonly why: string }[];
  /** Named twice in one role; kept once. */
  readonly repeated: readonly string[];
};

export type BodyEntry = BodyItem & Parties;
export type RowEntry = Row & Parties & { readonly link: Link; readonly task: BodyEntry | null };
export type Entries = { readonly targets: readonly BodyEntry[]; readonly tasks: readonly BodyEntry[]; readonly rows: readonly RowEntry[] };

const doubtOf = (mention: Mention): Parties['doubts'] => {
  if (mention.kind === 'unresolved') return [{ printed: mention.printed, why: `${mention.why}; not taken for a unit` }];
  return mention.kind === 'unit' && mention.doubt !== null ? [{ printed: mention.name, why: mention.doubt }] : [];
};

const partiesOf = (
  id: string,
  lists: readonly { readonly role: Role; readonly list: string }[],
  form: 'body' | 'schedule',
  seat: Seat,
): Parties => {
  const mentions = lists.flatMap(({ role, list }) => readUnits(list, form, seat).map((mention) => ({ role, mention })));
  const named = new Map<string, Named>();
  const repeated: string[] = [];
  for (const { role, mention } of mentions) {
    if (mention.kind === 'unresolved') continue;
    const key = `${role} ${mention.name}`;
    if (named.has(key)) repeated.push(mention.name);
    else named.set(key, { role, kind: mention.kind, name: mention.name });
  }
  return { id, named: [...named.values()], doubts: mentions.flatMap(({ mention }) => doubtOf(mention)), repeated };
};

/** Every item of the document with an id, its parties, and for a row the task it belongs to. */
export const entriesOf = ({ head, targets, plan, itemsSchedule }: Document, directive: string): Entries => {
  const entry = (item: BodyItem): BodyEntry => ({
    ...item,
    ...partiesOf(`${directive}-${item.kind}-${item.number}`, item.lists, 'body', head.seat),
  });
  const tasks = plan.tasks.map(entry);
  const links = linkRows(
    itemsSchedule.rows.map((row) => row.text),
    tasks.map((task) => task.text),
  );
  const rows = links.flatMap((link, index): readonly RowEntry[] => {
    const row = itemsSchedule.rows[index];
    if (row === undefined) return [];
    const parties = partiesOf(`${directive}-item-${row.number}`, row.lists, 'schedule', head.seat);
    return [{ ...row, ...parties, link, task: link.task === null ? null : (tasks[link.task - 1] ?? null) }];
  });
  return { targets: targets.map(entry), tasks, rows };
};
