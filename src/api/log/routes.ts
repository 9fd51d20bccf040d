import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { log } from '../../../projections/log.ts';
import { id, instant } from '../../kernel/schema.ts';
import { parseWireType } from '../../kernel/event.ts';
import { catalogue } from '../../domain/catalogue.ts';
import {
  askerOf,
  awaitOwn,
  fieldProblem,
  inTurn,
  logPosition,
  nextLink,
  notFound,
  plain,
  preferred,
  problem,
  scopeOf,
  type Kit,
  type Principal,
  type Rest,
  unitAsked,
} from '../../http/routes.ts';
import { wholeFrom } from '../../http/parameters.ts';
import { tableOf } from '../../projecting/projection.ts';
import { EVERYTHING } from '../../domain/directives/schedule.ts';
import type { Services } from '../../application/services.ts';
import type { StoredEvent } from '../../store/event-store.ts';
import { eventById } from '../shared/event-by-id.ts';
import { CHUNK_BYTES, eventStream } from './event-stream.ts';
import { createNews } from './news.ts';
import { say } from '../../messages/message.ts';
import { wording } from '../../messages/standing.ts';

/** The log itself: the events as stored, byte for byte, in order. */

const TAGS = ['Audit'] as const;
const READERS = ['office', 'auditor', 'admin'] as const;

const eventTable = tableOf(log, 'event');

/** A unit has the bytes of what it sent itself, which is all that it needs to check its receipts; of others it has what histories show. */
const mayHaveBytes = (who: Principal | null, { envelope: { actor } }: StoredEvent): boolean =>
  who?.role !== 'unit' || (actor.role === 'unit' && actor.unit === who.unit);
const MAX_LIMIT = 500;
const DEFAULT_LIMIT = 100;
const PAGE = 500;
/** Of an export, at once. */
const LINES = 100;

const limit = z
  .string()
  .regex(/^[1-9]\d{0,8}$/u, wording('api.log.must-be-whole-number-from-1'))
  .transform(Number)
  .meta(wholeFrom(1));

const storedEvent = z
  .object({
    specversion: z.literal('1.0').meta({ description: wording('api.log.cloudevents') }),
    id: z.uuid().meta({ description: wording('api.log.id-event') }),
    source: z.string().meta({ description: wording('api.log.log-that-was-written-to') }),
    type: z.string().meta({ description: wording('api.log.type-and-version-taskreassigned-v1') }),
    subject: z.string().meta({ description: wording('api.log.stream') }),
    time: instant.meta({ description: wording('api.log.when-was-recorded') }),
    datacontenttype: z.literal('application/json').meta({ description: wording('api.log.data') }),
    actor: z
      .object({ sub: z.string(), role: z.string(), unit: z.string().optional() })
      .meta({ description: wording('api.log.who-acted-as-verified-token-says') }),
    occurredat: instant.optional().meta({ description: wording('api.log.when-sender-says-happened') }),
    receivedat: instant.meta({ description: wording('api.log.when-reached-office') }),
    basis: z
      .string()
      .optional()
      .meta({ description: wording('api.log.paper-from-which-office-entered') }),
    correlation: z.string().meta({ description: wording('api.log.one-for-all-events-command') }),
    causation: z
      .string()
      .optional()
      .meta({ description: wording('api.log.event-that-caused') }),
    requestdigest: z
      .string()
      .optional()
      .meta({ description: wording('api.log.sha-256-command-where-had-idempotency') }),
    streamrev: z.string().meta({ description: wording('api.log.revision-in-stream-from-0') }),
    prevleaf: z
      .string()
      .optional()
      .meta({ description: wording('api.log.leaf-hash-streams-event-before-hex') }),
    data: z.record(z.string(), z.unknown()).meta({ description: wording('api.log.what-says') }),
  })
  .meta({ id: 'StoredEvent', description: wording('api.log.event-as-stored-text-rfc-8785') });

const item = z.strictObject({
  position: z.int(),
  leafHash: z.string().meta({ description: wording('api.log.rfc-6962-leaf-hash-stored-bytes') }),
  event: storedEvent,
});
const pageAnswer = z
  .strictObject({
    items: z.array(item),
    next: z
      .int()
      .nullable()
      .meta({ description: wording('api.log.after-next-page-null-where-no') }),
    head: z.int().meta({ description: wording('api.log.last-position-log') }),
  })
  .meta({ id: 'LogPage' });

type Filter = { readonly type?: string | undefined; readonly task?: string | undefined; readonly unit?: string | undefined };

/** What is filtered is found through the views, which may be behind the log. */
const isFiltered = ({ type, task, unit }: Filter): boolean => type !== undefined || task !== undefined || unit !== undefined;

/** Stored bytes go into the answer untouched: they are JSON already. */
const itemText = ({ position, leaf, bytes }: StoredEvent): string =>
  `{"position":${position},"leafHash":"${Buffer.from(leaf).toString('base64')}","event":${Buffer.from(bytes).toString('utf8')}}`;

const typeMatches = (wanted: string | undefined, type: string): boolean =>
  wanted === undefined || wanted === type || parseWireType(type)?.type === wanted;

export const logRoutes = (kit: Kit, services: Services): void => {
  const { store, views, tasks } = services;
  const news = createNews(store);

  /** Positions after `after` that a filter finds, in order; at most `count`. The narrowest index serves. */
  const positions = ({ type, task, unit }: Filter, after: number, count: number): readonly number[] => {
    const upTo = views.position();
    const bare = type === undefined ? undefined : (parseWireType(type)?.type ?? type);
    if (task !== undefined) {
      const found = tasks.historyPositions(task, { position: upTo, moment: EVERYTHING }, null).filter((position) => position > after);
      return found.filter((position) => matches(store.at(position), { type, unit })).slice(0, count);
    }
    const found: number[] = [];
    for (let from = after; found.length < count;) {
      const where = unit === undefined ? { type: bare ?? '' } : { unit };
      const rows = views.appended(eventTable, where, { upTo, after: from, limit: PAGE });
      found.push(...rows.map((row) => row.position).filter((position) => matches(store.at(position), { type })));
      const last = rows.at(-1);
      if (rows.length < PAGE || last === undefined) break;
      from = last.position;
    }
    return found.slice(0, count);
  };

  const matches = (event: StoredEvent | undefined, { type, unit }: Filter): event is StoredEvent => {
    if (event === undefined || !typeMatches(type, event.envelope.type)) return false;
    if (unit === undefined) return true;
    const { actor, data } = event.envelope;
    return actor.unit === unit || (typeof data === 'object' && data !== null && 'unit' in data && data.unit === unit);
  };

  const pageOf = (filter: Filter, after: number, count: number): readonly StoredEvent[] =>
    isFiltered(filter) ? positions(filter, after, count).flatMap((position) => store.at(position) ?? []) : store.readAll(after, count);

  /** As many as were asked for, or as a page may have bytes; one at least. Read piece by piece. */
  const pageWithin = async (filter: Filter, after: number, count: number, rest: Rest) => {
    const items: StoredEvent[] = [];
    let bytes = 0;
    for (let from = after; ;) {
      const events = pageOf(filter, from, Math.min(LINES, count + 1 - items.length));
      for (const event of events) {
        bytes += event.bytes.length;
        if (items.length === count || (items.length > 0 && bytes > kit.limits.pageBytes)) return { items, more: true };
        items.push(event);
      }
      const last = events.at(-1);
      if (last === undefined || events.length < LINES) return { items, more: false };
      from = last.position;
      await rest();
    }
  };

  async function* lines(request: FastifyRequest, filter: Filter, after: number, most: number, head: number): AsyncGenerator<Buffer> {
    let left = most;
    for (let from = after; left > 0;) {
      const page = await inTurn(kit, request, () => pageOf(filter, from, Math.min(LINES, left)));
      const events = page.filter(({ position }) => position <= head);
      const last = events.at(-1);
      if (last === undefined) return;
      yield Buffer.concat(events.flatMap(({ bytes }) => [bytes, NEWLINE]));
      left -= events.length;
      from = last.position;
    }
  }

  plain(kit, {
    method: 'GET',
    url: '/v1/log/events',
    summary: wording('api.log.events-as-stored-in-order'),
    description: wording('api.log.with-accept-application-x-ndjson-exact'),
    tags: TAGS,
    refuses: ['beyond-the-log', { field: 'task-unknown' }],
    reads: 'elsewhere',
    access: READERS,
    query: z.strictObject({
      after: logPosition.optional(),
      limit: limit.optional(),
      type: z
        .string()
        .max(100)
        .optional()
        .meta({ description: wording('api.log.taskreassigned-or-one-version-taskreassigned-v1') }),
      task: id.optional(),
      unit: unitAsked.optional(),
    }),
    response: pageAnswer,
    produces: { 'application/x-ndjson': wording('api.log.rfc-8785-bytes-one-event-line') },
    run: async ({ query: { after = 0, limit: asked, ...filter }, principal, request, rest }) => {
      const type = preferred(request.headers.accept, ['application/json', 'application/x-ndjson']);
      if (type === undefined) return problem('not-acceptable', say('api.log.events-given-as-application-json-or'));
      const bare = filter.type === undefined ? undefined : (parseWireType(filter.type)?.type ?? filter.type);
      if (bare !== undefined && !catalogue.types.includes(bare))
        return fieldProblem('invalid-input', '/type', say('api.log.no-event-type-this-log'));
      const late = (await kit.reaching.log(after, '/after')) ?? (isFiltered(filter) ? await awaitOwn(kit, principal) : undefined);
      if (late !== undefined) return late;
      if (filter.task !== undefined && tasks.doc(filter.task, views.position()) === undefined)
        return fieldProblem('task-unknown', '/task', say('api.shared.there-no-such-task-or-none'));
      const { position: head } = store.head();
      if (type === 'application/x-ndjson')
        return { type, content: Readable.from(lines(request, filter, after, asked ?? Number.MAX_SAFE_INTEGER, head)) };
      if (asked !== undefined && asked > MAX_LIMIT)
        return fieldProblem('invalid-input', '/limit', say('api.log.must-be-1-to', { maxLimit: MAX_LIMIT }));
      const count = asked ?? DEFAULT_LIMIT;
      const { items, more } = await pageWithin(filter, after, count, rest);
      const next = more ? (items.at(-1)?.position ?? null) : null;
      return {
        type: 'application/json; charset=utf-8',
        ...(next === null ? {} : { headers: nextLink(request.url, 'after', next) }),
        content: `{"items":[${items.map(itemText).join(',')}],"next":${next},"head":${head}}`,
      };
    },
  });

  plain(kit, {
    method: 'GET',
    url: '/v1/log/stream',
    summary: wording('api.log.events-as-they-recorded-server-sent'),
    description: wording('api.log.id-position-client-that-comes-back'),
    tags: TAGS,
    refuses: ['beyond-the-log', 'invalid-header', 'too-many-streams'],
    reads: 'elsewhere',
    access: READERS,
    query: z.strictObject({ after: logPosition.optional() }),
    produces: { 'text/event-stream': wording('api.log.stored-events-event-type-data-bytes') },
    run: async ({ query: { after }, request }) => {
      const last = request.headers['last-event-id'];
      if (typeof last === 'string' && !/^(?:0|[1-9]\d{0,14})$/u.test(last))
        return fieldProblem('invalid-header', '/Last-Event-ID', say('api.log.not-position'));
      const resumed = typeof last === 'string';
      const from = resumed ? Number(last) : (after ?? store.head().position);
      const late = await kit.reaching.log(from, resumed ? '/Last-Event-ID' : '/after');
      if (late !== undefined) return late;
      const subject = askerOf(request);
      const closed = kit.streams.open(subject);
      const { closing, turns, streams } = kit;
      const { socket } = request.raw;
      const left = new AbortController();
      const leave = (): void => left.abort();
      socket.once('close', leave);
      const frames = eventStream({
        store,
        news,
        turns,
        subject,
        after: from,
        endings: [closing, left.signal],
        stalledMillis: streams.stalledMillis,
        onStalled: () => void socket.destroy(),
      });
      // Otherwise chunks would be counted, and not their bytes.
      const content = Readable.from(frames, { objectMode: false, highWaterMark: CHUNK_BYTES }).once('close', () => {
        socket.off('close', leave);
        closed();
      });
      return { type: 'text/event-stream', headers: { 'x-accel-buffering': 'no' }, content };
    },
  });

  plain(kit, {
    method: 'GET',
    url: '/v1/log/events/:id',
    summary: wording('api.log.one-event-as-stored'),
    description: wording('api.log.unit-gets-what-it-sent'),
    tags: TAGS,
    refuses: ['not-found'],
    access: [...READERS, 'unit'],
    params: z.strictObject({ id: z.uuid() }),
    response: item,
    run: async ({ params: { id: event }, principal }) => {
      const late = await awaitOwn(kit, principal);
      if (late !== undefined) return late;
      const stored = eventById(services, event, scopeOf(principal));
      return stored === undefined || !mayHaveBytes(principal, stored)
        ? notFound(say('api.log.no-event-this-id-in-log'))
        : { type: 'application/json; charset=utf-8', content: itemText(stored) };
    },
  });
};

const NEWLINE = Buffer.from('\n');
