import { storeCluster } from './cluster.ts';
import { storeFiles } from './files.ts';
import { storeViews } from './views.ts';

/** What is the matter with the log, its files, its cluster and the views of it. */
export const store = { ...storeCluster, ...storeFiles, ...storeViews };
