import { existsSync, writeFileSync } from 'node:fs';
import { projections } from '../../projections/index.ts';
import { demoYear, findings, measured, RECORD_FILE, recordedVersions } from './view-versions.ts';

/** `npm run views:record`: writes down what the projections make of the demo year. Refuses to where one did not raise its version. */

const now = measured(await demoYear(), projections);
const found = existsSync(RECORD_FILE) ? findings(recordedVersions(), now) : [];
const refused = found.filter(({ asks }) => asks === 'raise');
if (refused.length > 0) {
  process.stderr.write(`nothing is recorded\n${refused.map(({ sentence }) => `${sentence}\n`).join('')}`);
  process.exitCode = 1;
} else {
  writeFileSync(RECORD_FILE, `${JSON.stringify(now, null, 2)}\n`);
  process.stderr.write(`recorded in ${RECORD_FILE}\n`);
}
