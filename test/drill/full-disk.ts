import { setTimeout as sleep } from 'node:timers/promises';
import { kindOf } from '../cluster/drill-http.ts';
import { between, holds, type Drill } from './drill.ts';
import { also, copyOf, examined, load, officeAt, started } from './office.ts';
import { noSmallDisk, smallDisk } from './small-disk.ts';

/** Enough for the log, the views and what SQLite writes beside them while there is room. */
const DISK_MEGABYTES = 96;

export const fullDisk: Drill = {
  name: 'full-disk',
  what: 'the disk fills up under load, and is emptied again; nothing is restarted',
  unable: noSmallDisk,
  run: async (round) => {
    const disk = smallDisk(round, DISK_MEGABYTES);
    const office = await started(await officeAt(round.life, copyOf({ ...round, dir: disk.path })));
    const loading = load(office, 3);
    await sleep(between(round, 100, 600));
    disk.fill(between(round, 0, 200_000));
    await sleep(1500);
    disk.empty();
    const carried = await loading;
    const refused = carried.flatMap(({ tries }) => tries).filter((reply) => kindOf(reply) === '503 store-unavailable').length;
    const outcome = await examined(office, round, carried);
    return also(outcome, holds('it was full', refused > 0 ? undefined : 'no command was refused', `${refused} tries were refused`));
  },
};
