import { setTimeout as sleep } from 'node:timers/promises';
import { between, holds, type Drill } from './drill.ts';
import { also, copyOf, examined, load, officeAt, started } from './office.ts';

export const stopped: Drill = {
  name: 'stopped',
  what: 'SIGTERM under load, and started again',
  run: async (round) => {
    const office = await started(await officeAt(round.life, copyOf(round)));
    const loading = load(office, 1.5);
    await sleep(between(round, 50, 900));
    const { code, millis } = await office.replica.stop('SIGTERM');
    await office.replica.start();
    const outcome = await examined(office, round, await loading);
    return also(outcome, holds('it stops under load too', code === 0 ? undefined : `code ${code}`, `after ${Math.round(millis)} ms`));
  },
};
