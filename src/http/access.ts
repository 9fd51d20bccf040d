import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import type { Auth } from './auth.ts';
import type { Rates } from './limits/rates.ts';
import type { Principal, Role } from './principal.ts';
import { problem } from './problem.ts';
import type { Problems } from './route-problems.ts';
import { say } from '../messages/message.ts';
import { stateSaid } from '../messages/named.ts';

/** Who may: every route says so when it is registered, or registration fails. */
export type Access = 'open' | 'admin-or-loopback' | readonly Role[];

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
    /** The media type of the bodies that it takes. */
    takes?: string;
    /** Whether `Accept` chooses among several forms. */
    negotiated?: boolean;
    /** What it may be refused for, by status. */
    problems?: Problems;
  }
  interface FastifyRequest {
    /** Null on open routes. */
    principal: Principal | null;
  }
}

/** The principal that the guard of a route left. */
export const principalOf = ({ principal }: FastifyRequest): Principal => {
  if (principal === null) throw new Error('an open route has no principal');
  return principal;
};

/** Without a proxy before it: to a proxy on this machine every client is a loopback. */
const isLoopback = ({ ip, headers }: FastifyRequest): boolean =>
  (ip === '::1' || /^(?:::ffff:)?127\./u.test(ip)) && headers['x-forwarded-for'] === undefined && headers.forwarded === undefined;

/** Whether the roster holds a unit, as known at a position or by now. */
export type IsRegistered = (unit: string, position?: number) => boolean | Promise<boolean>;

type Gate = {
  readonly auth: Auth;
  readonly isRegistered: IsRegistered;
  readonly rates: Rates;
};

/** Who has no valid token is counted by the address: there is nothing else to know it by. */
const authenticated = async ({ auth, rates }: Gate, request: FastifyRequest): Promise<Principal> => {
  try {
    return await auth(request.headers.authorization);
  } catch (error) {
    await rates.countAddress(request);
    throw error;
  }
};

const guard =
  (gate: Gate, roles: readonly Role[], loopback: boolean) =>
  async (request: FastifyRequest): Promise<void> => {
    if (loopback && isLoopback(request)) return;
    const { isRegistered, rates } = gate;
    const principal = await authenticated(gate, request);
    request.principal = principal; // also for the log, where it is refused
    await rates.countSubject(request, principal);
    if (!roles.includes(principal.role)) throw problem('forbidden', say('http.role-may-not-do-this', { role: stateSaid(principal.role) }));
    // An empty list would be an answer about a unit that there is.
    if (principal.role === 'unit' && !(await isRegistered(principal.unit)))
      throw problem('unit-not-registered', say('http.no-unit-registered-so-token-speaks', { unit: principal.unit }));
  };

const DOCUMENTATION = /^\/docs(?:\/|$)/u;

const accessOf = ({ config, url }: RouteOptions): Access => {
  const access = config?.access ?? (DOCUMENTATION.test(url) ? 'open' : undefined);
  if (access === undefined) throw new Error(`${url}: a route must say who may use it`);
  return access;
};

const ownGuard = (gate: Gate, access: Access): ((request: FastifyRequest) => Promise<void>) => {
  if (access === 'open') return gate.rates.countAddress;
  return access === 'admin-or-loopback' ? guard(gate, ['admin'], true) : guard(gate, access, false);
};

/** Whoever asks for these asks often, and for the others' sake. */
const UNCOUNTED = /^\/health\//u;

/** Puts the guard before everything else that a route does, the reading of its body included. */
export const registerAccess = (app: FastifyInstance, gate: Gate): void => {
  app.decorateRequest('principal', null);
  app.addHook('onRoute', (route) => {
    const access = accessOf(route);
    if (access === 'open' && UNCOUNTED.test(route.url)) return;
    const before = route.onRequest === undefined ? [] : [route.onRequest].flat();
    route.onRequest = [ownGuard(gate, access), ...before];
  });
};
