import type { DubanEvent } from '../src/domain/catalogue.ts';
import type { Projection, Recorded, Rows, Tables } from '../src/projecting/projection.ts';

/** The same handler for several types of events. */
export const each = <const Type extends string, Handler>(types: readonly Type[], handle: Handler): { readonly [Each in Type]: Handler } =>
  // The cast: one entry for each of the types.
  Object.fromEntries(types.map((type) => [type, handle])) as { readonly [Each in Type]: Handler };

/** Events of which a view shows nothing of its own. */
export const unseen = <const Type extends string>(...types: readonly Type[]): { readonly [Each in Type]: () => void } =>
  each(types, () => undefined);

/**
 * A projection that names every event of its kind, if only among the `unseen`. After a new event is added it does not
 * compile until it names that one too.
 */
type View<Event extends DubanEvent, All extends Tables> = {
  readonly name: string;
  readonly version: number;
  readonly tables: All;
  readonly on: Required<Projection<Event, All>['on']>;
  /** Called for all events of the log, and after the handler of their type. */
  readonly onEvery?: (event: Recorded<DubanEvent>, rows: Rows<All>) => void;
};

/** As `defineProjection`, of a view that leaves no event without a place. */
export const viewOf =
  <Event extends DubanEvent>() =>
  <const All extends Tables>(view: View<Event, All>): View<Event, All> =>
    view;
