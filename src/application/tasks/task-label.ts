import { tasks } from '../../../projections/tasks.ts';
import { callingOf } from '../../domain/tasks/titles.ts';
import type { Moment } from '../../kernel/moment.ts';
import { tableOf } from '../../projecting/projection.ts';
import type { Services } from '../services.ts';
import { asPrinted } from './as-printed.ts';

const taskTable = tableOf(tasks, 'task');

const PREFIX = { target: '目标第', task: '第', item: '台账第' } as const;
const isKind = (kind: string): kind is keyof typeof PREFIX => Object.hasOwn(PREFIX, kind);

/** What letters, mails and sheets call a task: as the directive prints it, by number and title, never by id. */
export const taskLabels = (
  { views }: Pick<Services, 'views'>,
  position: number,
  moment: Moment,
  /** What is said of a task that is not known; a letter names none. */
  unknown: (task: string) => string = (task) => {
    throw new Error(`a letter names the task ${task}, which is not known at @${position}`);
  },
): ((task: string) => string) => {
  const known = new Map<string, string>();
  const read = (task: string): string => {
    const row = views.one(taskTable, { task }, position);
    if (row === undefined) return unknown(task);
    const printed = asPrinted(row.doc, moment);
    const { number } = printed;
    const quoted = `“${callingOf(printed).replaceAll('“', '‘').replaceAll('”', '’')}”`; // quotation marks within others are single ones
    return number === null || !isKind(row.kind) ? quoted : `${PREFIX[row.kind]}${number}项${quoted}`;
  };
  return (task) => {
    const label = known.get(task) ?? read(task);
    known.set(task, label);
    return label;
  };
};
