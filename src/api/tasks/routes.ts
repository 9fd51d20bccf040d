import type { Kit } from '../../http/routes.ts';
import type { Services } from '../../application/services.ts';
import { taskActs } from './act-routes.ts';
import { taskReads } from './read-routes.ts';
import { reportActs } from './report-routes.ts';

export const taskRoutes = (kit: Kit, services: Services): void => {
  taskReads(kit, services);
  taskActs(kit, services);
  reportActs(kit, services);
};
