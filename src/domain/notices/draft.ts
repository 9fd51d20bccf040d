import type { SnapshotBody } from '../snapshots/body.ts';
import type { NoticeLine } from './events.ts';

/** Who must be named, a versioned rule: a notice keeps the name of the rule that drew it up. */
export const NAMING_RULE = 'late-or-missing.v1';

/** Every unit with a report or deadline late or missing, with the facts, in the snapshot's order. */
export const linesToName = ({ units, obligations }: SnapshotBody): NoticeLine[] =>
  units
    .filter(({ late, missing }) => late + missing > 0)
    .map(({ unit, name, owed, onTime }) => {
      const own = obligations.filter((obligation) => obligation.unit === unit);
      return {
        unit,
        name,
        owed,
        onTime,
        late: own.filter(({ state }) => state === 'late').map(({ task, period, daysLate }) => ({ task, period, daysLate })),
        missing: own.filter(({ state }) => state === 'missing').map(({ task, period }) => ({ task, period })),
      };
    });
