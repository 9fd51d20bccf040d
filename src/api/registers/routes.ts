import type { Kit } from '../../http/routes.ts';
import type { Services } from '../../application/services.ts';
import { accountabilityRegisters } from './accountability-routes.ts';
import { diffRegister } from './diff-routes.ts';
import { extensionsRegister } from './extensions-routes.ts';
import { owingRegister } from './owing-routes.ts';
import { reportsRegister } from './reports-routes.ts';
import { statementRegisters } from './statements-routes.ts';

/** The questions that run across tasks, each answered by one call. */
export const registerRoutes = (kit: Kit, services: Services): void => {
  owingRegister(kit, services);
  reportsRegister(kit, services);
  statementRegisters(kit, services);
  extensionsRegister(kit, services);
  diffRegister(kit, services);
  accountabilityRegisters(kit, services);
};
