import { bare } from '../../kernel/text-folding.ts';
import { say, type Message } from '../../messages/message.ts';
import { stateSaid } from '../../messages/named.ts';
import type { Measurement } from '../../domain/tasks/events.ts';

const WORDS: Readonly<Record<Measurement['comparator'], string>> = {
  gte: '≥',
  gt: '>',
  lte: '≤',
  lt: '<',
  eq: '=',
  approx: '≈',
  qualitative: '',
};

type Measured = {
  readonly kind: string;
  readonly number: number | null;
  readonly sourceLine: number | null;
  readonly measurements: readonly Measurement[];
};

export type Conflict<Task> = { readonly first: Task; readonly detail: Message };

/** One metric with one number under different comparators: 超过2.4% (line 11) and 达到2.4%以上 (lines 59, 192). */
export const comparatorConflicts = <Task extends Measured>(tasks: readonly Task[]): readonly Conflict<Task>[] => {
  const stated = tasks.flatMap((task) =>
    task.measurements.filter(({ target }) => target !== null).map((measurement) => ({ task, measurement })),
  );
  const groups = Map.groupBy(stated, ({ measurement }) => [bare(measurement.metric), measurement.target, measurement.unit].join('|'));
  return [...groups.values()].flatMap((group): readonly Conflict<Task>[] => {
    const [first] = group;
    if (first === undefined || new Set(group.map(({ measurement }) => measurement.comparator)).size < 2) return [];
    const { metric, target, unit } = first.measurement;
    const sides = group.map(({ task, measurement }) =>
      say('finding.side-of-conflict', {
        kind: stateSaid(task.kind),
        number: String(task.number),
        line: String(task.sourceLine),
        comparator: WORDS[measurement.comparator],
        target: `${target ?? ''}${unit ?? ''}`,
      }),
    );
    return [{ first: first.task, detail: say('finding.about', { what: metric, detail: { clauses: sides } }) }];
  });
};
