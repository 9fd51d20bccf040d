import { join } from 'node:path';

/** What stands where in a data directory. */
export type DataFiles = {
  /** The embedded log; there is none where a cluster keeps it. */
  readonly log: string;
  /** What was sequenced here of a cluster's log. */
  readonly mirror: string;
  readonly views: string;
  readonly attachments: string;
  readonly keys: string;
};

export const dataFiles = (dataDir: string): DataFiles => ({
  log: join(dataDir, 'log.sqlite'),
  mirror: join(dataDir, 'mirror.sqlite'),
  views: join(dataDir, 'views.sqlite'),
  attachments: join(dataDir, 'attachments'),
  keys: join(dataDir, 'keys'),
});
