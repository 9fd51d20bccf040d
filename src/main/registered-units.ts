import { existsSync } from 'node:fs';
import { catalogue } from '../domain/catalogue.ts';
import type { RosterEvent } from '../domain/roster/events.ts';
import { emptyRoster, evolveRoster, ROSTER_STREAM, type Roster } from '../domain/roster/state.ts';
import { instantMillis } from '../kernel/clock.ts';
import { dataFiles } from '../kernel/data-files.ts';
import { openLogFile } from '../store/log-file.ts';

/**
 * The units of a data directory, read from its log, or from what is mirrored there of a cluster's: a server has the
 * views to itself, but lets others read the log. Undefined where there is none yet.
 */
export const registeredUnits = (dataDir: string): Roster['units'] | undefined => {
  const { log, mirror } = dataFiles(dataDir);
  const path = [log, mirror].find((file) => existsSync(file));
  if (path === undefined) return undefined;
  const file = openLogFile(path, { readOnly: true });
  try {
    return file.readStream(ROSTER_STREAM, 0).reduce((roster, { envelope: { type, data, receivedat } }) => {
      const event = catalogue.fromWire(type, data) as RosterEvent; // the roster's stream holds events of the roster alone
      return evolveRoster(roster, event, instantMillis(receivedat));
    }, emptyRoster).units;
  } finally {
    file.close();
  }
};
