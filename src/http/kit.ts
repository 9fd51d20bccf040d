import { splitUrl } from './route.ts';
import { randomBytes } from 'node:crypto';
import { fastify, LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import type { Clock } from '../kernel/clock.ts';
import type { Ids } from '../kernel/ids.ts';
import type { Attachment } from '../kernel/schema.ts';
import type { About } from './about.ts';
import { registerAccess, type IsRegistered } from './access.ts';
import type { Auth } from './auth.ts';
import { registerBodies } from './bodies.ts';
import { registerFailures, socketFailure } from './failures.ts';
import { validatorCompiler } from './input.ts';
import { urlForLog } from './logged-url.ts';
import { registerVary } from './vary.ts';
import { registerDirectiveNames, type DirectivesNamed, type IsDirective, type KnownDirectives } from './directive-names.ts';
import { registerUnitNames, type KnownUnits, type UnitNamed } from './unit-names.ts';
import { createSentTags, type SentTags } from './lifetimes.ts';
import { DEFAULT_LIMITS, type Limits } from './limits/limits.ts';
import { registerRates } from './limits/rates.ts';
import { registerShedding } from './limits/shedding.ts';
import { createStreams, type Streams } from './limits/streams.ts';
import { createTurns, type Turns } from './limits/turns.ts';
import { registerOpenApi } from './openapi.ts';
import type { Documentation } from './openapi-document.ts';
import type { Held } from '../store/erasable.ts';
import type { Behind, Measure, Readiness } from '../kernel/measure.ts';
import { registerOperations } from './operations.ts';
import { createOwnCommands, type OwnCommands } from './own-commands.ts';
import { problem, problemOf, sendProblem } from './problem.ts';
import { registerProblemPages } from './problem-pages.ts';
import { createReaching, type Reaching } from './reaching.ts';
import { registerShutdown } from './shutdown.ts';
import { createSentBodies, type SentBodies } from './sent-bodies.ts';
import { createTimeTravel, type LogClock, type TimeTravel, type ViewsClock } from './time-travel.ts';
import type { Moment } from '../kernel/moment.ts';
import type { Names } from '../publishing/sheets/sheet.ts';
import { say, type Text } from '../messages/message.ts';
import type { Language } from '../messages/language.ts';

/** What routes are registered with: `command`, `query`, `list` and `plain` of `routes.ts` take it. */
export type Kit = {
  readonly app: FastifyInstance;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: LogClock;
  readonly travel: TimeTravel;
  readonly reaching: Reaching;
  readonly ownCommands: OwnCommands;
  /** The zone of the directive that is named, or of the task's, as known at a position. */
  readonly directiveTimeZone: (about: About, position: number) => string | undefined;
  /** What people call units and tasks at a moment, in tables. */
  readonly namesAt: NamesAt;
  /** What directives and units there are, and what they are called. */
  readonly known: { readonly directives: KnownDirectives; readonly units: KnownUnits };
  readonly sent: SentBodies;
  readonly sentTags: SentTags;
  /** Holds a value apart from the log, which commits to it. `request`: one name for a request and its retries. */
  readonly hold: HoldApart;
  /** What is wrong in the attachments that a body cites, as far as its sender may read them. */
  readonly citationFaults: CitationFaults;
  /** Whether a unit may act for another one: its own predecessor. */
  readonly mayActFor: (unit: string, other: string) => Promise<boolean>;
  /**
   * Runs work in which a command's facts are asked of the log itself: before anything is refused for what this replica
   * has not heard of yet. Undefined where there is no other replica.
   */
  readonly certainly: Certainly | undefined;
  readonly checkResponses: boolean;
  readonly limits: Limits;
  /** The order in which reads are done. */
  readonly turns: Turns;
  /** Answers without end that are open. */
  readonly streams: Streams;
  /** Aborted when the service stops: answers without end are ended by it. */
  readonly closing: AbortSignal;
};

export type NamesAt = (at: { readonly position: number; readonly moment: Moment }) => Names;

export type CitationFaults = (
  cited: readonly Attachment[],
  unit: string | null,
) => Promise<readonly { readonly index: number; readonly field: string; readonly message: Text }[]>;

export type Certainly = <Result>(work: () => Promise<Result>) => Promise<Result>;

export type HoldApart = (value: unknown, request?: string) => Held;

export type KitOptions = {
  readonly auth: Auth;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: LogClock;
  readonly views: ViewsClock;
  readonly timeZone: string;
  /** Of answers to who names no language; English unless given. */
  readonly language?: Language;
  /** Where values go that are held apart from the log; without it no route may have any. */
  readonly hold?: HoldApart;
  /** Whether this process alone adds to the log. Otherwise events that another process added may not have arrived here yet. */
  readonly singleWriter: boolean;
  /** Why the present cannot be read yet; it always can unless given. */
  readonly behind?: () => Behind | undefined;
  /** Why the clock is not to be believed; it is unless given. */
  readonly clockFault?: () => Text | undefined;
  /** The zone of the directive that is named, or of the task's; none is told unless given. */
  readonly directiveTimeZone?: (about: About, position: number) => string | undefined;
  /** See `Kit`; ids stay as they are unless given. */
  readonly namesAt?: NamesAt;
  /** See `Kit`; nothing is unless given. */
  readonly citationFaults?: CitationFaults;
  /** Whether a unit may act for another one; none may unless given. */
  readonly mayActFor?: (unit: string, other: string) => Promise<boolean>;
  /** See `Kit`; needed where `singleWriter` is not. */
  readonly certainly?: Certainly;
  /** Whether the roster holds a unit; each does unless given. */
  readonly isRegistered?: IsRegistered;
  /** The unit that has, or had, a name; none is known by it unless given. */
  readonly unitNamed?: UnitNamed;
  /** The directives that have a printed number or a title; none is known by it unless given. */
  readonly directivesNamed?: DirectivesNamed;
  /** Whether a directive is known; each is unless given. */
  readonly isDirective?: IsDirective;
  /** Whether this replica should get requests, and why not. */
  readonly readiness: () => Readiness | Promise<Readiness>;
  /** Measures of other parts, read when /metrics is. */
  readonly measures?: readonly Measure[];
  readonly logger?: FastifyBaseLogger;
  /** What the OpenAPI document says beside the routes. */
  readonly documentation?: Documentation;
  /** Bytes; a route may have its own. */
  readonly bodyLimit?: number;
  /** What one client may take; the defaults unless given. */
  readonly limits?: Limits;
  /** Holds every answer to its schema, and every problem to those of its route, and fails where one does not fit: for tests. */
  readonly checkResponses?: boolean;
};

export const DEFAULT_BODY_LIMIT = 256 * 1024;
/** Connections on which a request is late are looked for as often as this, or more often where less time is given. */
const LATE_CHECK_MILLIS = 5_000;

/** The sender's X-Request-Id where it is harmless in a log, or one that no other process gives. */
const requestIds = (): ((request: { readonly headers: Readonly<Record<string, string | string[] | undefined>> }) => string) => {
  const process = randomBytes(6).toString('base64url');
  let count = 0;
  return ({ headers }) => {
    const given = headers['x-request-id'];
    if (typeof given === 'string' && /^[\w.-]{8,64}$/u.test(given)) return given;
    count += 1;
    return `${process}-${count.toString(36)}`;
  };
};

/** By default a browser must not guess an answer's type, show it in a frame, run it or store it; a route may say otherwise. */
const registerHeaders = (app: FastifyInstance): void => {
  app.addHook('onRequest', (request, reply, done) => {
    reply
      .header('x-request-id', request.id)
      .header('x-content-type-options', 'nosniff')
      .header('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
      .header('referrer-policy', 'no-referrer')
      .header('cache-control', 'no-store');
    done();
  });
};

/** What is not UTF-8 would be read as other text, and found nowhere. */
const registerUrlEncoding = (app: FastifyInstance): void => {
  app.addHook('onRequest', (request, _reply, done) => {
    const [, query] = splitUrl(request.url);
    done(isEncoded(query) ? undefined : problem('malformed-request', say('http.query-not-utf-8')));
  });
};

const isEncoded = (query: string): boolean => {
  try {
    decodeURIComponent(query);
    return true;
  } catch {
    return false;
  }
};

/** Before anything is done with it. */
const registerUrlLength = (app: FastifyInstance, most: number): void => {
  app.addHook('onRequest', (request, _reply, done) => {
    done(request.url.length > most ? problem('url-too-long', say('http.url-has-more-than-characters', { most })) : undefined);
  });
};

/** Of which one value counts: of two, Node and a proxy before it may believe different ones (RFC 9110 §5.3, RFC 9112 §3.2). */
const SINGLE = ['host', 'authorization', 'content-type'];

const registerSingleHeaders = (app: FastifyInstance): void => {
  app.addHook('onRequest', (request, _reply, done) => {
    const names = request.raw.rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
    const twice = SINGLE.find((name) => names.indexOf(name) !== names.lastIndexOf(name));
    done(twice === undefined ? undefined : problem('malformed-request', say('http.header-twice', { name: twice })));
  });
};

const limitMeasures = ({ turns, streams }: { readonly turns: Turns; readonly streams: Streams }): readonly Measure[] => [
  { kind: 'gauge', name: 'duban_reads_waiting', help: 'Reads that wait for their turn.', read: turns.waiting },
  { kind: 'gauge', name: 'duban_streams_open', help: 'Readers that follow the log.', read: streams.count },
];

/** A line for each request. It is the only record of who read what, since reading is no event. */
const registerRequestLog = (app: FastifyInstance): void => {
  app.addHook('onResponse', (request, reply, done) => {
    const level = request.url.startsWith('/health/') ? 'debug' : 'info';
    const millis = Math.round(reply.elapsedTime * 1000) / 1000;
    request.log[level](
      { method: request.method, url: urlForLog(request), status: reply.statusCode, millis, ...request.principal },
      'request',
    );
    done();
  });
};

const holdNothing: HoldApart = () => {
  throw new Error('nothing was given that holds values apart from the log');
};

/** The application without a feature. Whoever adds routes calls `app.ready()` or `listen` afterwards. */
const idsAsTheyAre: NamesAt = ({ moment }) => {
  const same = (id: string): string => id;
  return { task: same, unit: same, directive: same, duty: same, timeZone: moment.timeZone, day: moment.day() };
};

export const createKit = async (options: KitOptions): Promise<Kit> => {
  const { auth, clock, ids, log, views, timeZone, singleWriter, limits = DEFAULT_LIMITS } = options;
  const turns = createTurns(limits.reads);
  const streams = createStreams(limits.streams);
  const reaching = createReaching({ log, views, singleWriter, behind: options.behind ?? (() => undefined) });
  const app: FastifyInstance = fastify({
    ...(options.logger === undefined ? {} : { loggerInstance: options.logger }),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: options.bodyLimit ?? DEFAULT_BODY_LIMIT,
    // A request that has not arrived by then is given up (408), however slowly it goes on coming.
    requestTimeout: limits.requestMillis,
    http: {
      headersTimeout: Math.min(limits.headersMillis, limits.requestMillis),
      connectionsCheckingInterval: Math.min(LATE_CHECK_MILLIS, limits.headersMillis, limits.requestMillis),
    },
    trustProxy: limits.trustedProxies.length === 0 ? false : [...limits.trustedProxies],
    genReqId: requestIds(),
    return503OnClosing: false, // that answer is no problem document; a request that made it here is served
    clientErrorHandler: socketFailure(options.language ?? 'en'),
    frameworkErrors: (error, _request, reply) => {
      sendProblem(reply, problemOf(error));
    },
  });
  app.decorate('language', options.language ?? 'en');
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(() => (value) => JSON.stringify(value));
  registerHeaders(app);
  registerVary(app);
  registerUrlLength(app, limits.urlLength);
  registerUrlEncoding(app);
  registerSingleHeaders(app);
  registerBodies(app, limits);
  registerFailures(app, options.checkResponses ?? false);
  const closing = registerShutdown(app);
  await registerShedding(app, limits.delayMillis);
  const { isRegistered = () => true, unitNamed = () => undefined } = options;
  registerAccess(app, { auth, isRegistered, rates: await registerRates(app, limits) });
  const { directivesNamed = () => [], isDirective = () => true } = options;
  const known = { directives: { directivesNamed, isDirective }, units: { unitNamed, isRegistered } };
  registerUnitNames(app, known.units);
  registerDirectiveNames(app, known.directives);
  if (options.logger !== undefined) registerRequestLog(app);
  await registerOpenApi(app, options.documentation ?? { chapters: [], words: {}, examples: {} });
  registerProblemPages(app);
  registerOperations(app, {
    log,
    views,
    readiness: options.readiness,
    measures: [...limitMeasures({ turns, streams }), ...(options.measures ?? [])],
  });
  return {
    app,
    clock,
    ids,
    log,
    travel: createTimeTravel({ log, views, reaching, clock, clockFault: options.clockFault ?? (() => undefined), timeZone }),
    reaching,
    ownCommands: createOwnCommands(),
    directiveTimeZone: options.directiveTimeZone ?? (() => undefined),
    namesAt: options.namesAt ?? idsAsTheyAre,
    known,
    sent: createSentBodies(),
    sentTags: createSentTags(),
    citationFaults: options.citationFaults ?? (() => Promise.resolve([])),
    mayActFor: options.mayActFor ?? (() => Promise.resolve(false)),
    certainly: singleWriter ? undefined : options.certainly,
    hold: options.hold ?? holdNothing,
    checkResponses: options.checkResponses ?? false,
    limits,
    turns,
    streams,
    closing,
  };
};
