import { workMeter } from '../work-meter.ts';
import { options, print, type Command } from './kit.ts';
import { withDuban } from './open.ts';

export const rebuildCommand: Command = async (args, config) => {
  options(args, {});
  await withDuban(config, async ({ projector, services: { views } }) => {
    await projector.rebuild(workMeter('rebuilding the views'));
    print(JSON.stringify({ position: views.position(), digest: views.digest() }));
  });
};
