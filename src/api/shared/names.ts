import type { Services } from '../../application/services.ts';
import { taskLabels } from '../../application/tasks/task-label.ts';
import { nameOn } from '../../domain/compliance/facts.ts';
import { rosterAt } from '../../domain/compliance/facts-at.ts';
import type { NamesAt } from '../../http/kit.ts';

/** What people call tasks and units in tables: a task as the directive prints it, a unit by the name that it had. */
export const namesAt =
  (services: Pick<Services, 'knowledge' | 'views'>): NamesAt =>
  ({ position, moment }) => {
    const roster = rosterAt(services.knowledge.roster(position), moment);
    return {
      task: taskLabels(services, position, moment, (id) => id),
      unit: (id) => (roster.units.has(id) ? nameOn(roster, id, moment.day()) : (roster.collectives.get(id)?.name ?? id)),
      timeZone: moment.timeZone,
    };
  };
