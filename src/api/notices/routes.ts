import type { Kit } from '../../http/routes.ts';
import type { Services } from '../../application/services.ts';
import { consistencyRoutes } from './consistency-routes.ts';
import { issueRoutes } from './issue-routes.ts';
import { issuedRoutes } from './issued-routes.ts';
import { readRoutes } from './read-routes.ts';

export const noticeRoutes = (kit: Kit, services: Services): void => {
  issueRoutes(kit, services);
  issuedRoutes(kit, services);
  consistencyRoutes(kit, services);
  readRoutes(kit, services);
};
