// `npm run test:watch -- test/kernel`: runs the tests named, and again whenever a source file or a test is saved.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { testFiles } from './test-files.ts';

const WATCHED = ['src', 'projections', 'seed', 'test'];
const tap = createRequire(import.meta.url)
  .resolve('tap/package.json')
  .replace(/package\.json$/u, 'dist/esm/run.mjs');

const named = process.argv.slice(2);
if (named.length === 0) {
  console.error('name a folder or a file of tests, such as test/kernel');
  process.exitCode = 2;
} else {
  const watching = [...WATCHED.map((folder) => `--watch-path=${folder}`), '--watch-preserve-output'];
  spawn(process.execPath, [...watching, tap, '--disable-coverage', '--jobs=2', '--reporter=terse', ...testFiles(named)], {
    stdio: 'inherit',
  });
}
