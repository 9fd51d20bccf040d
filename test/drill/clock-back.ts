import { setTimeout as sleep } from 'node:timers/promises';
import { hasFaketime, NO_FAKETIME, setClock } from '../support/set-clock.ts';
import { kindOf } from '../cluster/drill-http.ts';
import { between, holds, type Drill } from './drill.ts';
import { also, copyOf, examined, load, officeAt, started } from './office.ts';

export const clockBack: Drill = {
  name: 'clock-back',
  what: 'the clock of the process is set back under load, by seconds or by days, and set right again',
  unable: () => (hasFaketime() ? undefined : NO_FAKETIME),
  run: async (round) => {
    const clock = setClock(round.life);
    const office = await started(await officeAt(round.life, copyOf(round), clock.env));
    const loading = load(office, 2);
    const [little, much] = [between(round, 1, 8), between(round, 30, 2_000_000)];
    await sleep(between(round, 100, 400));
    clock.offBy(-little);
    await sleep(300);
    clock.offBy(-much);
    await sleep(500);
    clock.offBy(0);
    const carried = await loading;
    const refused = carried.flatMap(({ tries }) => tries).filter((reply) => kindOf(reply) === '503 clock-behind').length;
    const outcome = await examined(office, round, carried);
    const wrong = refused > 0 ? undefined : `nothing was refused with the clock ${much} s behind`;
    return also(outcome, holds('a clock that is behind by much is not believed', wrong, `${refused} tries were refused`));
  },
};
