import { compareViews } from '../../projecting/rebuild.ts';
import { workMeter } from '../work-meter.ts';
import { options, print, tell, type Command } from './kit.ts';
import { withDuban } from './open.ts';
import { say } from '../../messages/message.ts';

/** Builds the views again, or with `--check` beside those in use, which stay as they are: 1 where these differ. */
export const rebuildCommand: Command = async (args, config) => {
  const { check } = options(args, { check: { type: 'boolean', default: false } }).values;
  return withDuban(config, async ({ projector, services: { store, views } }) => {
    if (!check) {
      await projector.rebuild(workMeter(say('cli.rebuilding-views')));
      print(JSON.stringify({ position: views.position(), digest: views.digest() }));
      return 0;
    }
    await projector.caughtUp();
    const differences = await compareViews({ store, views, onAdvance: workMeter(say('cli.building-views-beside')) });
    print(JSON.stringify({ position: views.position(), differences }));
    if (differences.length > 0) tell(say('cli.views-differ'));
    return differences.length === 0 ? 0 : 1;
  });
};
