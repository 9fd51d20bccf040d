import type { Kit } from '../../http/routes.ts';
import type { Services } from '../../application/services.ts';
import { accountabilityRegisters } from './accountability-routes.ts';
import { monthEndRegisters } from './month-end-routes.ts';

/** The questions that run across tasks, each answered by one call. */
export const registerRoutes = (kit: Kit, services: Services): void => {
  monthEndRegisters(kit, services);
  accountabilityRegisters(kit, services);
};
