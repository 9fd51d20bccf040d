import { cliCluster } from './cluster.ts';
import { cliCommands } from './commands.ts';
import { cliImporting } from './importing.ts';
import { cliKeeping } from './keeping.ts';
import { cliSettings } from './settings.ts';
import { cliStart } from './start.ts';
import { cliSystem } from './system.ts';
import { cliUsage } from './usage.ts';
import { cliWorking } from './working.ts';

/** What the command line says, and the settings. */
export const cli = {
  ...cliCluster,
  ...cliCommands,
  ...cliImporting,
  ...cliKeeping,
  ...cliSettings,
  ...cliStart,
  ...cliSystem,
  ...cliUsage,
  ...cliWorking,
};
