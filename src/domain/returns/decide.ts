import { accept, type CommandsOf, type Decide, type Decider } from '../../kernel/decider.ts';
import { ReturnFiled, type returnActs, type ReturnEvent } from './events.ts';
import { entryKey, returnFolding, type ReturnState } from './state.ts';

export type FileReturn = CommandsOf<typeof returnActs>;

/** Filing again adds what was not in it, each report once; with nothing new, nothing is recorded. */
const fileReturn: Decide<ReturnState, FileReturn, ReturnEvent> = (covered, { unit, period, entries }) => {
  const keys = entries.map(entryKey);
  const added = entries.filter((_, index) => !covered.has(keys[index] ?? '') && keys.indexOf(keys[index] ?? '') === index);
  return added.length === 0 ? accept() : accept(ReturnFiled({ unit, period, entries: added }));
};

export const returnDecider: Decider<ReturnState, FileReturn, ReturnEvent> = {
  ...returnFolding,
  decide: fileReturn,
};
