import { runProgram } from '../support/process.ts';
import { holds, type Drill } from './drill.ts';
import { also, copyOf, examined, load, officeAt, started } from './office.ts';

export const twoProcesses: Drill = {
  name: 'two-processes',
  what: 'a second process, and an import, on the directory that one serves under load',
  run: async (round) => {
    const office = await started(await officeAt(round.life, copyOf(round)));
    const { dataDir } = office.replica;
    const loading = load(office, 2);
    const others = await Promise.all([
      runProgram(round.life, ['serve'], { DATA_DIR: dataDir, PORT: '0' }),
      runProgram(round.life, ['rebuild'], { DATA_DIR: dataDir }),
    ]);
    const outcome = await examined(office, round, await loading);
    const wrong = others.find(({ code, stderr }) => code !== 1 || !/ is in use by process \d+/u.test(stderr) || /^\s+at /mu.test(stderr));
    return also(outcome, holds('the others are refused in a sentence', wrong && `${wrong.code}: ${wrong.stderr}`));
  },
};
