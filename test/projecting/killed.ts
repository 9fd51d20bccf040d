import { join } from 'node:path';
import { startProjector } from '../../src/projecting/projector.ts';
import { openLog, openToyViews } from './fixture.ts';

/** A process that projects or rebuilds the views in a directory, and is killed while it handles the nth event it sees. */

const [dir = '', act = '', nth = ''] = process.argv.slice(2);

let seen = 0;
const onEvent = (): void => {
  seen += 1;
  if (seen === Number(nth)) process.kill(process.pid, 'SIGKILL');
};

const store = openLog(dir);
const views = openToyViews(join(dir, 'views.sqlite'), { onEvent });
const projector = startProjector({ store, views, onError: (error) => console.error(error) });
await (act === 'rebuild' ? projector.rebuild() : projector.caughtUp());
