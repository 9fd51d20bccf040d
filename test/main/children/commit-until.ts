import { createCommits } from '../../../src/application/imports/commits.ts';
import { createUnfinished } from '../../../src/application/imports/unfinished.ts';
import { createHandler } from '../../../src/application/handler.ts';
import { catalogue } from '../../../src/domain/catalogue.ts';
import { systemClock } from '../../../src/kernel/clock.ts';
import { openDuban } from '../../../src/main/duban.ts';

/**
 * A process that commits a draft, or goes on with the commit that was cut short, and dies by SIGKILL before it appends one more
 * task than it may, or else the last event.
 */
const [dataDir, id, tasks] = process.argv.slice(2);
if (dataDir === undefined || id === undefined) throw new Error('usage: commit-until <data directory> <import> <tasks>');

const { services, projector, ids } = openDuban({
  dataDir,
  timeZone: 'Asia/Shanghai',
  onError: (error) => {
    throw error;
  },
});
let left = Number(tasks);
const store: typeof services.store = {
  ...services.store,
  append: (stream, expected, events, claim) => {
    const isTask = stream.startsWith('task-');
    if ((isTask && left === 0) || events[0]?.type === 'ImportCommitted.v1') process.kill(process.pid, 'SIGKILL');
    if (isTask) left -= 1;
    return services.store.append(stream, expected, events, claim);
  },
};
const handler = createHandler({ store, catalogue, clock: systemClock, ids });
const commits = createCommits({ ...services, handler, unfinished: createUnfinished(services), beforehand: () => undefined });
await projector.caughtUp();
const [begun] = commits.list();
if (begun === undefined) await commits.commit(id, {}, { actor: { sub: 'li-si', role: 'office' }, receivedAt: systemClock.now() });
else await commits.goOn(begun);
