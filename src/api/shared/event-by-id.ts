import { log } from '../../../projections/log.ts';
import type { Services } from '../../application/services.ts';
import { tableOf } from '../../projecting/projection.ts';
import type { StoredEvent } from '../../store/event-store.ts';

const eventTable = tableOf(log, 'event');

/** The event of an id, where the views have come to it. */
export const eventById = ({ views, store }: Pick<Services, 'views' | 'store'>, event: string): StoredEvent | undefined => {
  const row = views.appended(eventTable, { id: event }, { upTo: views.position(), limit: 1 })[0];
  return row && store.at(row.position);
};
