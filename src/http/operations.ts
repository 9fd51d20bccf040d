import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Measure, Readiness } from '../kernel/measure.ts';
import { codeSent, problem, sendProblem } from './problem.ts';
import { problemTypes } from './problems.ts';
import type { LogClock, ViewsClock } from './time-travel.ts';
import { say } from '../messages/message.ts';

/** For those who run it: is it alive, should it get requests, what does it measure. */

const metricOf = ({ kind, name, help, read }: Measure): Gauge | Counter => {
  const words = { name, help, registers: [] };
  if (kind === 'gauge')
    return new Gauge({
      ...words,
      collect() {
        this.set(read());
      },
    });
  return new Counter({
    ...words,
    collect() {
      this.reset();
      this.inc(read());
    },
  });
};

/** Seconds. A cached read takes well under one millisecond, a wait for the views at most five seconds. */
const BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** By route template, never by URL: the number of series stays that of the routes. */
const observeRequests = (app: FastifyInstance, registry: Registry): void => {
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time to answer a request.',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS,
    registers: [registry],
  });
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    durations.observe({ method: request.method, route, status: `${Math.floor(reply.statusCode / 100)}xx` }, reply.elapsedTime / 1000);
    done();
  });
};

/** Each code has its series from the start: an alarm on a rise needs the zero before it. */
const countRefusals = (app: FastifyInstance, registry: Registry): void => {
  const refusals = new Counter({
    name: 'duban_refusals_total',
    help: 'Requests that were refused, by the code of the problem.',
    labelNames: ['code'],
    registers: [registry],
  });
  for (const code of Object.keys(problemTypes)) refusals.inc({ code }, 0);
  const tokens = new Counter({
    name: 'duban_auth_token_failures_total',
    help: 'Requests whose token was not good.',
    registers: [registry],
  });
  app.addHook('onResponse', (request, reply, done) => {
    const code = codeSent(reply);
    if (code !== undefined) refusals.inc({ code });
    if (code === 'unauthenticated' && request.headers.authorization !== undefined) tokens.inc();
    done();
  });
};

let ofProcess: Registry | undefined;

/** Measured once, however many services a process opens and closes: what watches it for these cannot be taken back. */
const processMetrics = (): Registry => {
  if (ofProcess === undefined) {
    ofProcess = new Registry();
    collectDefaultMetrics({ register: ofProcess });
    // Sums of what stands beside them by type, under names that are for counters.
    for (const name of ['handles', 'requests', 'resources']) ofProcess.removeSingleMetric(`nodejs_active_${name}_total`);
  }
  return ofProcess;
};

export const registerOperations = (
  app: FastifyInstance,
  deps: {
    readonly log: LogClock;
    readonly views: ViewsClock;
    readonly readiness: () => Readiness | Promise<Readiness>;
    readonly measures: readonly Measure[];
  },
): void => {
  const { log, views } = deps;
  const own = new Registry();
  const measures: readonly Measure[] = [
    { kind: 'gauge', name: 'duban_log_head_position', help: 'The last position of the log.', read: () => log.head().position },
    { kind: 'gauge', name: 'duban_views_position', help: 'The last position that the views hold.', read: views.position },
    {
      kind: 'gauge',
      name: 'duban_views_lag_events',
      help: 'Events of the log that the views do not hold yet.',
      read: () => log.head().position - views.position(),
    },
    ...deps.measures,
  ];
  for (const measure of measures) own.registerMetric(metricOf(measure));
  observeRequests(app, own);
  countRefusals(app, own);
  const registry = Registry.merge([processMetrics(), own]);

  const open = { config: { access: 'open' }, schema: { hide: true } } as const;
  app.get('/health/live', open, (_request, reply) => reply.send({ live: true }));
  app.get('/health/ready', open, async (_request, reply) => {
    const { ready, reasons, catchingUp } = await deps.readiness();
    if (ready) return reply.send({ ready });
    const detail = say('http.faults', { faults: { clauses: reasons } });
    const headers = { 'retry-after': '1' };
    return sendProblem(reply, problem('not-ready', detail, { headers, ...(catchingUp === undefined ? {} : { facts: { catchingUp } }) }));
  });
  app.get('/metrics', { config: { access: 'admin-or-loopback' }, schema: { hide: true } }, async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
};
