import { streamsNamed } from '../../kernel/stream.ts';
import type { ReturnEvent } from './events.ts';

/** Reports that the return covers. */
export type ReturnState = ReadonlySet<string>;

/** A report's id tells it from the others on its task; neither has a space in it. */
export const entryKey = ({ task, report }: { readonly task: string; readonly report: string }): string => `${task} ${report}`;

export const evolveReturn = (covered: ReturnState, { data }: ReturnEvent): ReturnState =>
  new Set([...covered, ...data.entries.map(entryKey)]);

const named = streamsNamed<readonly [unit: string, period: string]>('return-');
/** Named by unit and period, which has no capitals there, as no id has any: `return-shi-ke-ji-ju-2023-q1`. */
export const returnStream: typeof named = Object.assign((unit: string, period: string) => named(unit, period.toLowerCase()), named);

export const returnFolding = { initial: new Set() as ReturnState, evolve: evolveReturn };
