import { apiWordsActs } from './acts.ts';
import { apiWordsImports } from './imports.ts';
import { apiWordsJudging } from './judging.ts';
import { apiWordsLog } from './log.ts';
import { apiWordsParameters } from './parameters.ts';
import { apiWordsPeople } from './people.ts';
import { apiWordsTasks } from './tasks.ts';
import { apiWordsTime } from './time.ts';

/** What members, parameters and values of the interface mean, in the parts of `src/api/documentation/words.ts`. */
export const apiWords = {
  ...apiWordsPeople,
  ...apiWordsTime,
  ...apiWordsTasks,
  ...apiWordsActs,
  ...apiWordsJudging,
  ...apiWordsLog,
  ...apiWordsImports,
  ...apiWordsParameters,
};
