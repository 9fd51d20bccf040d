import { setTimeout as sleep } from 'node:timers/promises';
import { ask, kindOf } from '../cluster/drill-http.ts';
import { between, holds, type Drill } from './drill.ts';
import { also, copyOf, examined, load, officeAt, started, type Office } from './office.ts';
import { noSmallDisk, smallDisk } from './small-disk.ts';

/** Enough for the log, the views and what SQLite writes beside them while there is room. */
const DISK_MEGABYTES = 96;

const MOST_COMMANDS = 5_000;

/** Commands until one is refused. Why that one is not refused as it should be, or none is. */
const untilFull = async ({ replica, senders }: Office): Promise<string | undefined> => {
  for (let n = 0; n < MOST_COMMANDS; n += 1) {
    const body = { id: `filling-${n}`, name: `填充${n}` };
    const reply = await ask(replica.url(), { method: 'POST', path: '/v1/units', token: senders.tokens.office, body });
    if (reply.status === 201) continue;
    return kindOf(reply) === '503 store-unavailable' && reply.retryAfter !== undefined ? undefined : `${kindOf(reply)} ${reply.text}`;
  }
  return 'no command was refused';
};

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
    const full = await untilFull(office);
    await sleep(between(round, 0, 1500));
    disk.empty();
    const outcome = await examined(office, round, await loading);
    return also(outcome, holds('a command that does not fit is refused, and may come again', full));
  },
};
