import { Server as NetServer, type Socket } from 'node:net';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

/**
 * How the service takes its leave: it accepts no further connection, answers what reaches it on those that are open,
 * says `Connection: close` with each answer, and closes those that stay idle. So nobody who sent a request is left
 * without knowing what became of it.
 */

/** What clients have under way on idle connections when the service is told to stop arrives within this time. */
const LAST_REQUESTS_MILLIS = 250;

/** Without turns of the event loop for reading, what has arrived meanwhile would count as idle. */
const takeArrived = async (): Promise<void> => {
  await nextTurn();
  await nextTurn();
};

/** A connection is accepted in each turn, and those that still wait when the service listens no more are reset. */
const acceptWaiting = async (accepted: () => number): Promise<void> => {
  const end = performance.now() + LAST_REQUESTS_MILLIS;
  for (let before = -1; before !== accepted() && performance.now() < end;) {
    before = accepted();
    await takeArrived();
  }
};

/** The signal is aborted when the service stops: answers without end are ended by it. */
export const registerShutdown = (app: FastifyInstance): AbortSignal => {
  const closing = new AbortController();
  const open = new Set<Socket>();
  let accepted = 0;
  let onEmpty = (): void => undefined;
  app.server.on('connection', (socket) => {
    open.add(socket);
    accepted += 1;
    socket.once('close', () => {
      open.delete(socket);
      if (open.size === 0) onEmpty();
    });
  });

  app.addHook('onSend', async (_request, reply, payload) => {
    if (closing.signal.aborted) reply.header('connection', 'close');
    return payload;
  });
  // An answer whose headers went out before could not say so.
  app.addHook('onResponse', (request, reply, done) => {
    if (closing.signal.aborted && reply.getHeader('connection') !== 'close') request.raw.socket.end();
    done();
  });
  app.addHook('preClose', async () => {
    closing.abort();
    if (!app.server.listening) return;
    await acceptWaiting(() => accepted);
    // The HTTP server's own `close` would also close idle connections, at once.
    NetServer.prototype.close.call(app.server);
    const { promise: allClosed, resolve } = Promise.withResolvers<void>();
    onEmpty = resolve;
    if (open.size === 0) resolve();
    await Promise.race([allClosed, sleep(LAST_REQUESTS_MILLIS)]);
    await takeArrived();
    app.server.closeIdleConnections();
    await allClosed;
  });
  return closing.signal;
};
