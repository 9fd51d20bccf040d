import type { Services } from '../../application/services.ts';
import { taskLabels } from '../../application/tasks/task-label.ts';
import { nameOn } from '../../domain/compliance/facts.ts';
import { rosterAt } from '../../domain/compliance/facts-at.ts';
import type { NamesAt } from '../../http/kit.ts';

/** By the name that the newest policy with it gives it; where directives call it differently, by its id. */
const dutyNames = (knowledge: Services['knowledge'], position: number): ReadonlyMap<string, string> => {
  const named = knowledge
    .directives(position)
    .flatMap((directive) => [
      ...new Map(knowledge.policies(directive, position).flatMap(({ duties }) => duties.map(({ id, name }) => [id, name] as const))),
    ]);
  return new Map(
    [...Map.groupBy(named, ([id]) => id)].flatMap(([id, all]) =>
      new Set(all.map(([, name]) => name)).size === 1 ? all.slice(0, 1) : [[id, id] as const],
    ),
  );
};

/** What people call what ids name in tables: a task as the directive prints it, a unit by the name that it had. */
export const namesAt =
  (services: Pick<Services, 'knowledge' | 'views'>): NamesAt =>
  ({ position, moment }) => {
    const { knowledge } = services;
    const roster = rosterAt(knowledge.roster(position), moment);
    let duties: ReadonlyMap<string, string> | undefined;
    return {
      task: taskLabels(services, position, moment, (id) => id),
      unit: (id) => (roster.units.has(id) ? nameOn(roster, id, moment.day()) : (roster.collectives.get(id)?.name ?? id)),
      directive: (id) => knowledge.directive(id, position)?.number ?? id,
      duty: (id) => {
        duties ??= dutyNames(knowledge, position);
        return duties.get(id) ?? id;
      },
      timeZone: moment.timeZone,
      day: moment.day(),
    };
  };
