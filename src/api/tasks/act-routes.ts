import type { Kit } from '../../http/routes.ts';
import type { Services } from '../../application/services.ts';
import { assignRoutes } from './assign-routes.ts';
import { changeRoutes } from './change-routes.ts';
import { completionRoutes } from './completion-routes.ts';
import { extensionRoutes } from './extension-routes.ts';
import { planRoutes } from './plan-routes.ts';
import { reminderRoutes } from './reminder-routes.ts';
import { statusRoutes } from './status-routes.ts';

/** Acts on a task, all but its reports. */

export const actRoutes = (kit: Kit, services: Services): void => {
  assignRoutes(kit, services);
  planRoutes(kit, services);
  changeRoutes(kit, services);
  extensionRoutes(kit, services);
  reminderRoutes(kit, services);
  completionRoutes(kit, services);
  statusRoutes(kit, services);
};
