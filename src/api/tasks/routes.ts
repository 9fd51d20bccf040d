import type { Kit } from '../../http/routes.ts';
import type { Services } from '../../application/services.ts';
import { actRoutes } from './act-routes.ts';
import { readRoutes } from './read-routes.ts';
import { reportRoutes } from './report-routes.ts';

export const taskRoutes = (kit: Kit, services: Services): void => {
  readRoutes(kit, services);
  actRoutes(kit, services);
  reportRoutes(kit, services);
};
