import { streamsNamed } from '../../kernel/stream.ts';
import type { ReturnEvent } from './events.ts';

/** Reports that the return covers, by task. */
export type ReturnState = ReadonlyMap<string, string>;

export const evolveReturn = (covered: ReturnState, { data }: ReturnEvent): ReturnState =>
  new Map([...covered, ...data.entries.map(({ task, report }) => [task, report] as const)]);

export const returnStream = streamsNamed<readonly [unit: string, period: string]>('return-');

export const returnFolding = { initial: new Map() as ReturnState, evolve: evolveReturn };
