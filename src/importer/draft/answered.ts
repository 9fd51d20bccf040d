import type { ItemFields } from '../../domain/imports/events.ts';
import { fold } from '../../kernel/text-folding.ts';
import type { DocumentReading, ReadFinding } from '../document-reading.ts';
import type { Made } from './draft.ts';
import type { Keyed } from './keys.ts';
import { wholeOf } from './lines.ts';

/** What the reader asks and a person has answered by a correction of the very thing that was asked about. */

type Field = keyof ItemFields;
type Finding = Pick<ReadFinding, 'kind' | 'address' | 'detail'>;

/** Questions about one field of an item: whoever says the field has answered them. What may be about any field is not among them. */
const FIELDS: ReadonlyMap<string, readonly Field[]> = new Map<string, readonly Field[]>([
  ['deadline-unread', ['deadline']],
  ['deadline-guessed', ['deadline']],
  ['deadline-no-date', ['deadline']],
  ['milestones', ['deadline', 'milestones']],
  ['role-guessed', ['assignees']],
  ['role-other', ['assignees']],
  ['party-pending', ['assignees']],
  ['party-none', ['assignees']],
  ['party-defaulted', ['assignees']],
  ['party-excepted', ['assignees']],
  ['name-unresolved', ['assignees']],
  ['name-doubtful', ['assignees']],
  ['name-joined', ['assignees']],
  ['name-repeated', ['assignees']],
  ['prefix-carried', ['assignees']],
  ['prefix-missing', ['assignees']],
  ['open-list', ['assignees']],
  ['seat-not-person', ['leaders']],
  ['leader-pending', ['leaders']],
  ['leader-unresolved', ['leaders']],
  ['leader-of-heading', ['leaders']],
  ['quantity-unread', ['measurements']],
]);

/** `duties` stand in place of all that was read of the schedule, and so of what was asked about it. */
const OF_SCHEDULE: ReadonlySet<string> = new Set([
  'schedule-none',
  'schedule-guessed',
  'schedule-no-period',
  'schedule-unread',
  'schedule-per-item',
]);

const QUOTED = /“([^“”]+)”/u;

const withParts = (items: readonly Keyed[]): readonly Keyed[] => items.flatMap((item) => [item, ...withParts(item.children)]);

/** The items that a finding can be about: those at its place, or else the one that its line went to. */
const candidatesIn = (read: readonly Keyed[], lines: DocumentReading['lines']): ((finding: Finding) => readonly Keyed[]) => {
  const all = withParts(read);
  const atPlace = Map.groupBy(all, ({ address }) => address);
  const byNumber = Map.groupBy(all, ({ number }) => number);
  const places = new Map<string, number>();
  for (const [index, { address }] of lines.entries())
    for (const place of [address, wholeOf(address)]) if (!places.has(place)) places.set(place, index);
  return ({ address }) => {
    const at = [...new Set([address, wholeOf(address)])].flatMap((place) => atPlace.get(place) ?? []);
    if (at.length > 0) return at;
    const index = places.get(address) ?? -1;
    const number = lines[index]?.item;
    const last = byNumber.get(number ?? '')?.findLast((item) => (places.get(item.address) ?? index) < index);
    return last === undefined ? [] : [last];
  };
};

/** Of several items at one place those that have the words which it quotes, or all that are no parts of another. */
const subjectsAmong = (found: readonly Keyed[], { detail }: Finding): readonly Keyed[] => {
  if (found.length < 2) return found;
  const quoted = fold(QUOTED.exec(detail)?.[1] ?? '');
  const having = quoted === '' ? [] : found.filter(({ text, deadline }) => fold(`${text}\n${deadline?.printed ?? ''}`).includes(quoted));
  const parts = new Set(found.flatMap(({ children }) => withParts(children)));
  return having.length > 0 ? having : found.filter((item) => !parts.has(item));
};

/** A deadline that is said once more without a day, of a kind that has one, answers nothing. */
const saysADeadline = (deadline: ItemFields['deadline']): boolean =>
  deadline === null || deadline.date !== null || (deadline.kind !== 'date' && deadline.kind !== 'period');

const fieldsSaid = (made: readonly Made[]): ReadonlyMap<string, ReadonlySet<Field> | 'dropped'> => {
  const said = new Map<string, Set<Field> | 'dropped'>();
  for (const { correction } of made)
    for (const each of correction.items ?? []) {
      if ('add' in each) continue;
      const known = said.get(each.item) ?? new Set<Field>();
      if (known === 'dropped') continue;
      if ('drop' in each) {
        said.set(each.item, 'dropped');
        continue;
      }
      const { assignees, leaders, deadline, milestones, measurements } = each.set;
      if (assignees !== undefined) known.add('assignees');
      if (leaders !== undefined) known.add('leaders');
      if (deadline !== undefined && saysADeadline(deadline)) known.add('deadline');
      if (milestones !== undefined) known.add('milestones');
      if (measurements !== undefined) known.add('measurements');
      said.set(each.item, known);
    }
  return said;
};

/** Whether a finding of the reading is answered by what people said of items and of the schedule. */
export const answering = (
  read: readonly Keyed[],
  lines: DocumentReading['lines'],
  made: readonly Made[],
): ((finding: Finding) => boolean) => {
  const said = fieldsSaid(made);
  const schedule = made.some(({ correction }) => correction.duties !== undefined);
  const candidates = candidatesIn(read, lines);
  return (finding) => {
    if (OF_SCHEDULE.has(finding.kind)) return schedule;
    const fields = FIELDS.get(finding.kind);
    if (fields === undefined || said.size === 0) return false;
    const about = subjectsAmong(candidates(finding), finding);
    return (
      about.length > 0 &&
      about.every(({ key }) => {
        const of = said.get(key);
        return of === 'dropped' || fields.some((field) => of?.has(field) === true);
      })
    );
  };
};
