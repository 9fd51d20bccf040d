import { runProgram } from '../support/process.ts';
import { holds, type Drill } from './drill.ts';
import { also, copyOf, examined, load, officeAt, started } from './office.ts';
import { noSmallDisk, smallDisk } from './small-disk.ts';

export const readOnly: Drill = {
  name: 'read-only',
  what: 'the file system has become read-only at the next start',
  unable: noSmallDisk,
  run: async (round) => {
    const disk = smallDisk(round, 96);
    const office = await started(await officeAt(round.life, copyOf({ ...round, dir: disk.path })));
    const carried = await load(office, 0.7);
    await office.replica.stop(round.random() < 0.5 ? 'SIGTERM' : 'SIGKILL');
    disk.readOnly(true);
    const { code, stderr } = await runProgram(round.life, ['serve'], { DATA_DIR: office.replica.dataDir, PORT: '0' });
    disk.readOnly(false);
    const inWords = code === 1 && stderr.includes(office.replica.dataDir) && !/^\s+at /mu.test(stderr);
    await office.replica.start();
    const outcome = await examined(office, round, carried);
    return also(outcome, holds('it does not start, and says where and why', inWords ? undefined : `${code}: ${stderr}`));
  },
};
