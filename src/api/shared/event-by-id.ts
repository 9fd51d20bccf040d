import { log } from '../../../projections/log.ts';
import type { Services } from '../../application/services.ts';
import type { Scope } from '../../application/visibility.ts';
import { tableOf } from '../../projecting/projection.ts';
import type { StoredEvent } from '../../store/event-store.ts';

const eventTable = tableOf(log, 'event');

/** The event of an id, where the views have come to it and the reader may see it, or a part of it. */
export const eventById = (
  { views, store, sightOf }: Pick<Services, 'views' | 'store' | 'sightOf'>,
  event: string,
  scope: Scope,
): StoredEvent | undefined => {
  const upTo = views.position();
  const row = views.appended(eventTable, { id: event }, { upTo, limit: 1 })[0];
  const stored = row && store.at(row.position);
  return stored === undefined || sightOf(scope, upTo).shown(stored) === 'nothing' ? undefined : stored;
};
