import type { Kit } from '../../http/routes.ts';
import type { Services } from '../../application/services.ts';
import { taskActs } from './act-routes.ts';
import { createGroundsReader } from '../../application/tasks/decision-context.ts';
import { taskReads } from './read-routes.ts';
import { reportActs } from './report-routes.ts';

export const taskRoutes = (kit: Kit, services: Services): void => {
  const grounds = createGroundsReader(services.handler, services.timeZone);
  taskReads(kit, services);
  taskActs(kit, services, grounds);
  reportActs(kit, services, grounds);
};
