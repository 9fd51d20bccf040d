import { LRUCache } from 'lru-cache';
import type { TaskDoc } from '../../../projections/tasks.ts';
import { rosterAt, taskFactsAt } from '../../domain/compliance/facts-at.ts';
import { partiesFound } from '../../domain/roster/finding.ts';
import { assigneesOn } from '../../domain/tasks/assignment.ts';
import { findable, isFoundBy, wordsOf, type Findable } from '../../kernel/finding.ts';
import type { Moment } from '../../kernel/moment.ts';
import type { Knowledge } from '../knowledge.ts';

/** Finding tasks by words: in the title as it is written and as it sounds, in the text, and in the names of who carries them. */

/** Characters of titles and texts that are kept as they are compared: those of tens of thousands of tasks. */
const KEPT_CHARACTERS = 8_000_000;

type Kept = { readonly title: string; readonly text: string; readonly findable: Findable };

export type TaskFinding = (q: string, at: { readonly position: number; readonly moment: Moment }) => (doc: TaskDoc) => boolean;

export const createTaskFinding = (knowledge: Pick<Knowledge, 'roster'>): TaskFinding => {
  const kept = new LRUCache<string, Kept>({
    maxSize: KEPT_CHARACTERS,
    sizeCalculation: ({ title, text }) => title.length + text.length,
  });

  /** As printed, which an amendment changes: computed once for what is asked about now. */
  const findableOf = ({ facts, title, text }: TaskDoc): Findable => {
    const known = kept.get(facts.id);
    if (known !== undefined && known.title === title && known.text === text) return known.findable;
    const made = findable([title], [text]);
    kept.set(facts.id, { title, text, findable: made });
    return made;
  };

  return (q, { position, moment }) => {
    const words = wordsOf(q);
    const day = moment.day();
    // A name that a unit was given since finds it all the same: it is the unit that is looked for.
    const { collectives } = rosterAt(knowledge.roster(position), moment);
    const { units } = knowledge.roster(position);
    const wanted = words.map((word) => ({ word, parties: partiesFound({ units, collectives }, word, day) }));
    return (doc) => {
      const found = findableOf(doc);
      const byName = wanted.filter(({ word }) => !isFoundBy(found, word));
      if (byName.some(({ parties }) => parties.size === 0)) return false;
      if (byName.length === 0) return true;
      const carriers = assigneesOn(taskFactsAt(doc.facts, moment).assignments, day);
      return byName.every(({ parties }) => carriers.some(({ party }) => parties.has(party)));
    };
  };
};
