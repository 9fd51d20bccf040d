import type { FastifyInstance } from 'fastify';

/**
 * What of the request an answer hangs on (RFC 9110 §12.5.5): who asks, wherever that must be known; `Accept`, where a route
 * gives several forms; and what the answer itself has named.
 */
export const registerVary = (app: FastifyInstance): void => {
  app.addHook('onSend', (request, reply, _payload, done) => {
    const { access = 'open', negotiated = false } = request.routeOptions.config;
    const named = String(reply.getHeader('vary') ?? '')
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '');
    const names = new Set([...(access === 'open' ? [] : ['authorization']), ...(negotiated ? ['accept'] : []), ...named]);
    if (names.size > 0) reply.header('vary', [...names].join(', '));
    done();
  });
};
