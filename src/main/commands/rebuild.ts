import { workMeter } from '../work-meter.ts';
import { options, print, type Command } from './kit.ts';
import { openForCommand } from './open.ts';

export const rebuildCommand: Command = async (args, config) => {
  options(args, {});
  const duban = await openForCommand(config);
  try {
    await duban.projector.rebuild(workMeter('rebuilding the views'));
    const { views } = duban.services;
    print(JSON.stringify({ position: views.position(), digest: views.digest() }));
  } finally {
    await duban.close();
  }
};
