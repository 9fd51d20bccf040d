import { startGoingOn, type GoingOn } from '../application/imports/going-on.ts';
import type { Text } from '../messages/message.ts';
import { inEnglish } from '../messages/words.ts';
import type { Duban } from './duban.ts';
import type { Logger } from './logger.ts';

/** A server goes on with what was cut short, its own or another's; a command of the CLI does what it is told to. */
export const goOnWithImports = ({ services }: Duban, logger: Logger, isStarting: () => boolean): GoingOn => {
  const { commits, singleWriter, behind } = services;
  const wordsOf = (note: 'goes-on' | 'stopped' | 'done', directive: string, reason: Text): string => {
    if (note === 'stopped') return `the commit into ${directive} does not go on: ${inEnglish(reason)}`;
    return note === 'done' ? `all of ${directive} is in` : `a commit was cut short: going on with it into ${directive}`;
  };
  return startGoingOn({
    commits,
    singleWriter,
    isBehind: () => isStarting() || behind() !== undefined,
    onNote: (note, { id, directive, beginning }, reason = '') => {
      const facts = { import: id, directive, accepted: beginning.id };
      if (note === 'stopped') logger.warn(facts, wordsOf(note, directive, reason));
      else logger.info(facts, wordsOf(note, directive, reason));
    },
  });
};
