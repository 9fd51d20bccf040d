import { verifyingCheckpoints } from './checkpoints.ts';
import { verifyingEntries } from './entries.ts';
import { verifyingPublished } from './published.ts';
import { verifyingReport } from './report.ts';
import { verifyingSources } from './sources.ts';
import { verifyingTaskFile } from './task-file.ts';

/** What an audit of a log says. Its checks and places are codes, and the same in every language. */
export const verifying = {
  ...verifyingCheckpoints,
  ...verifyingEntries,
  ...verifyingPublished,
  ...verifyingReport,
  ...verifyingSources,
  ...verifyingTaskFile,
};
