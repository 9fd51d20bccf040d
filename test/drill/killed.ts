import { setTimeout as sleep } from 'node:timers/promises';
import { between, type Drill } from './drill.ts';
import { copyOf, examined, load, officeAt, started } from './office.ts';

const KILLS = 2;

export const killed: Drill = {
  name: 'killed',
  what: 'SIGKILL under load, twice, at moments that nobody chose',
  run: async (round) => {
    const office = await started(await officeAt(round.life, copyOf(round)));
    const loading = load(office, 2);
    for (let kill = 0; kill < KILLS; kill += 1) {
      await sleep(between(round, 50, 900));
      await office.replica.stop('SIGKILL');
      await office.replica.start();
    }
    return examined(office, round, await loading);
  },
};
