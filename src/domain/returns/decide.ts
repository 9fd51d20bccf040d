import { accept, type CommandsOf, type Decide, type Decider } from '../../kernel/decider.ts';
import { ReturnFiled, type returnActs, type ReturnEvent } from './events.ts';
import { returnFolding, type ReturnState } from './state.ts';

export type FileReturn = CommandsOf<typeof returnActs>;

/** Filing again adds what was not in it, each task once; with nothing new, nothing is recorded. */
const fileReturn: Decide<ReturnState, FileReturn, ReturnEvent> = (covered, { unit, period, entries }) => {
  const added = entries.filter(({ task }, index) => !covered.has(task) && entries.findIndex((other) => other.task === task) === index);
  return added.length === 0 ? accept() : accept(ReturnFiled({ unit, period, entries: added }));
};

export const returnDecider: Decider<ReturnState, FileReturn, ReturnEvent> = {
  ...returnFolding,
  decide: fileReturn,
};
