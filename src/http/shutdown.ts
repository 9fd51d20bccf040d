import { Server as NetServer, type Socket } from 'node:net';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { say } from '../messages/message.ts';
import { retryLater } from './problem.ts';

/**
 * How the service takes its leave: it answers what reaches it on the connections that are open, says `Connection: close`
 * with each answer, and closes those that stay idle. So nobody who sent a request is left without knowing what became of
 * it. Until they are closed it goes on listening, and refuses what comes on new connections: clients that were told to
 * close connect again at once, and one that is cut off does not know whether it was heard.
 */

/** What clients have under way on idle connections when the service is told to stop arrives within this time. */
const LAST_REQUESTS_MILLIS = 250;
/** Those who come again hear that nothing is done here for so long, unless nobody comes. */
const FAREWELL_MILLIS = 200;
/** The listener is closed once nobody has come for so long, since who still waits to be accepted then is reset. */
const CALM_MILLIS = 30;
const REST_MILLIS = 2;
const LONGEST_CALMING_MILLIS = 1_000;
const RETRY_SECONDS = 5;

type Connection = {
  /** Accepted after the service was told to stop. */
  late: boolean;
  /** Requests that are not answered yet. */
  open: number;
  /** How much had been read when the last answer ended: more is a request that is on its way. */
  read: number;
};

/** Without turns of the event loop for reading, what has arrived meanwhile would count as idle. */
const takeArrived = async (): Promise<void> => {
  await nextTurn();
  await nextTurn();
};

/** What a client still sends would make a reset of the closing of its connection, and that can overtake the answer. */
const bodyTaken = async ({ raw }: FastifyRequest): Promise<void> => {
  if (raw.complete) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  raw.once('end', resolve).once('close', resolve).resume();
  await Promise.race([promise, sleep(LAST_REQUESTS_MILLIS)]);
};

/** The signal is aborted when the service stops: answers without end are ended by it. */
export const registerShutdown = (app: FastifyInstance): AbortSignal => {
  const closing = new AbortController();
  const connections = new Map<Socket, Connection>();
  let accepted = 0;
  let refuses = false;
  /** Who is refused hears it once this is fulfilled. */
  let heard: Promise<unknown> = Promise.resolve();
  let onClosed = (): void => undefined;

  app.server.on('connection', (socket) => {
    accepted += 1;
    connections.set(socket, { late: refuses, open: 0, read: 0 });
    socket.once('close', () => {
      connections.delete(socket);
      onClosed();
    });
  });
  app.server.on('request', ({ socket }, response) => {
    const connection = connections.get(socket);
    if (connection === undefined) return;
    connection.open += 1;
    response.once('close', () => {
      connection.open -= 1;
      connection.read = socket.bytesRead;
    });
  });

  app.addHook('onRequest', async (request) => {
    if (connections.get(request.raw.socket)?.late !== true) return;
    await Promise.all([bodyTaken(request), heard]);
    throw retryLater('shutting-down', say('http.shutting-down'), RETRY_SECONDS);
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

  const isThere = (late: boolean): boolean => connections.values().some((connection) => connection.late === late);
  const untilClosed = async (late: boolean, millis: number): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const check = (): void => {
      if (!isThere(late)) resolve();
    };
    onClosed = check;
    check();
    await (millis === Infinity ? promise : Promise.race([promise, sleep(millis)]));
  };
  const closeIdle = async (late: boolean): Promise<void> => {
    await takeArrived();
    for (const [socket, connection] of connections)
      if (connection.late === late && connection.open === 0 && connection.read === socket.bytesRead) socket.destroySoon();
  };

  /**
   * A connection is accepted in each turn: waits until none was for so long, or for as long as it may take. Rests
   * between, since a process that has slept is not the one that the system takes from the processor at the last moment.
   */
  const untilCalm = async (calm: number, most: number): Promise<void> => {
    const end = performance.now() + most;
    let since = performance.now();
    for (let before = -1; performance.now() < end;) {
      if (accepted === before && performance.now() - since >= calm) return;
      if (accepted === before) await sleep(REST_MILLIS);
      else since = performance.now();
      before = accepted;
      await takeArrived();
    }
  };

  app.addHook('preClose', async () => {
    closing.abort();
    if (!app.server.listening) return;
    await untilCalm(0, LAST_REQUESTS_MILLIS); // who had connected by now was not told anything yet
    refuses = true;
    const anybody = connections.size > 0;
    await untilClosed(false, LAST_REQUESTS_MILLIS);
    await closeIdle(false);
    await untilClosed(false, Infinity);
    if (anybody) await sleep(FAREWELL_MILLIS);
    // Whoever waits for an answer does not come again: so there is a moment when nobody waits to be accepted.
    const closed = Promise.withResolvers<void>();
    heard = closed.promise;
    await untilCalm(anybody ? CALM_MILLIS : 0, LONGEST_CALMING_MILLIS);
    // The HTTP server's own `close` would also close idle connections, at once.
    NetServer.prototype.close.call(app.server);
    closed.resolve();
    await untilClosed(true, LAST_REQUESTS_MILLIS);
    await closeIdle(true);
    await untilClosed(true, Infinity);
  });
  return closing.signal;
};
