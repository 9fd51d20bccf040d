import { terminalProgress } from '../progress.ts';
import { options, print, type Command } from './kit.ts';
import { openForCommand } from './open.ts';

export const rebuildCommand: Command = async (args, config) => {
  options(args, {});
  const duban = await openForCommand(config);
  try {
    await duban.projector.rebuild(terminalProgress('rebuilding the views'));
    const { views } = duban.services;
    print(JSON.stringify({ position: views.position(), digest: views.digest() }));
  } finally {
    await duban.close();
  }
};
