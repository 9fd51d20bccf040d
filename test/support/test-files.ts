import { statSync } from 'node:fs';

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** What tap is asked to run: of a folder its tests alone, not what they have in common nor the processes that they start. */
export const testFiles = (named: readonly string[]): readonly string[] =>
  named.map((each) => (isFolder(each) ? `${each.replace(/\/+$/u, '')}/**/*.test.ts` : each));
