import type { Kit } from '../../http/routes.ts';
import type { Services } from '../../application/services.ts';
import { progressGroupRoutes } from './groups-routes.ts';
import { measurementRoutes } from './measurements-routes.ts';
import { owedPlanRoutes } from './plans-routes.ts';
import { standingRoutes } from './standings-routes.ts';

/**
 * How far the work has come: who owes a plan, where each task stands, what was measured. A unit sees its own tasks, and what
 * follows from its own reports.
 */
export const progressRoutes = (kit: Kit, services: Services): void => {
  owedPlanRoutes(kit, services);
  standingRoutes(kit, services);
  progressGroupRoutes(kit, services);
  measurementRoutes(kit, services);
};
