import type { Kit } from '../../http/routes.ts';
import type { Services } from '../../application/services.ts';
import { changeRoutes } from './change-routes.ts';
import { creationRoute } from './creation-route.ts';
import { deliveryRoutes } from './delivery-routes.ts';
import { readRoutes } from './read-routes.ts';

/**
 * Who is told of what is recorded: systems of the office. A subscription is no event: the log goes to auditors whole and
 * forgets nothing, and a copy of it must not begin to send.
 */
export const subscriptionRoutes = (kit: Kit, services: Services): void => {
  creationRoute(kit, services);
  readRoutes(kit, services);
  changeRoutes(kit, services);
  deliveryRoutes(kit, services);
};
