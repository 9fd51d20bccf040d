import type { Kit } from '../../http/routes.ts';
import type { Services } from '../../application/services.ts';
import { inspectingRoutes } from './inspecting-routes.ts';
import { readRoutes } from './read-routes.ts';
import { rectificationRoutes } from './rectification-routes.ts';

export const inspectionRoutes = (kit: Kit, services: Services): void => {
  inspectingRoutes(kit, services);
  rectificationRoutes(kit, services);
  readRoutes(kit, services);
};
