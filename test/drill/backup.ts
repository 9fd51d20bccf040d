import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { measured } from '../cluster/drill-replicas.ts';
import type { Carried } from '../cluster/drill-writers.ts';
import { runProgram } from '../support/process.ts';
import { between, holds, type Drill } from './drill.ts';
import { also, copyOf, examined, load, officeAt, started, underWay } from './office.ts';

export const backup: Drill = {
  name: 'backup',
  what: 'a backup made under load, put in the place of the directory, and gone on with',
  run: async (round) => {
    const office = await started(await officeAt(round.life, copyOf(round)));
    const out = join(round.dir, 'copy');
    const before = await measured(office.replica, 'duban_log_head_position');
    const loading = load(office, 2);
    await underWay(office, before);
    await sleep(between(round, 100, 800));
    const begun = performance.now();
    const { code, stderr } = await runProgram(round.life, ['backup', '--out', out, '--with-keys'], { DATA_DIR: office.replica.dataDir });
    const carried = await loading;
    const original = await examined(office, round, carried);

    // Of what was acknowledged before the backup was begun nothing is missing in it.
    const isBefore = ({ acknowledged }: Carried): boolean => acknowledged !== undefined && acknowledged.at < begun;
    const untilThen = carried.map((one) => (isBefore(one) ? one : { ...one, acknowledged: undefined }));
    const copy = await started(await officeAt(round.life, out));
    const more = await load(copy, 0.5);
    const dir = join(round.dir, 'of-the-copy');
    mkdirSync(dir);
    const restored = await examined(copy, { ...round, dir }, [...untilThen, ...more]);
    return also(
      { ...original, checks: [...original.checks, ...restored.checks.map((check) => ({ ...check, name: `of the copy: ${check.name}` }))] },
      holds('the backup is made', code === 0 ? undefined : `${code}: ${stderr}`),
      holds('there was something in it', carried.some(isBefore) ? undefined : 'nothing was acknowledged before'),
    );
  },
};
