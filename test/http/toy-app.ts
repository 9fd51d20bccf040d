import { generateKeyPairSync } from 'node:crypto';
import { z } from 'zod';
import { TooContended, type Meta, type Outcome } from '../../src/application/handler.ts';
import type { Recorded } from '../../src/application/stream-states.ts';
import { localAuth } from '../../src/http/auth.ts';
import { createKit, type KitOptions } from '../../src/http/kit.ts';
import { mintToken, type LocalKey, type TokenRequest } from '../../src/http/local-key.ts';
import { command, cut, list, ordinal, page, plain, plainText, Problem, query, type Kit } from '../../src/http/routes.ts';
import type { LogClock, ViewsClock } from '../../src/http/time-travel.ts';
import { digestOf } from '../../src/kernel/canonical.ts';
import { instantMillis, type Clock } from '../../src/kernel/clock.ts';
import { EventTooLarge } from '../../src/kernel/envelope.ts';
import { derivedId } from '../../src/kernel/ids.ts';
import type { Refusal } from '../../src/kernel/refusal.ts';
import { date, id, line } from '../../src/kernel/schema.ts';
import { StoreUnavailable, type StoredEvent } from '../../src/store/event-store.ts';

/**
 * A tiny application on the kit, over doubles: a handler that keeps revisions and done commands in maps, a log that
 * is a list of record times, views whose position the test sets. What is real is everything in src/http.
 */

export const NOW = '2023-03-15T04:00:00.000Z';

export type Doubles = {
  /** What the clock says. */
  now: string;
  /** Record time of position 1, 2, 3 … */
  recorded: string[];
  viewsAt: number;
  /** Every wait for the views, and whether it will be fulfilled. */
  readonly waits: { position: number; millis: number }[];
  viewsCatchUp: boolean;
  /** What the last command was called with. */
  last:
    | { body: unknown; unit: string | undefined; meta: Meta; params: unknown; query: unknown; newId: string; preconditioned: boolean }
    | undefined;
  /** How often a read was computed. */
  reads: number;
  ready: readonly string[];
};

const newDoubles = (): Doubles => ({
  now: NOW,
  recorded: ['2023-03-01T00:00:00.000Z', '2023-03-02T10:00:00.000Z', '2023-03-02T17:30:00.000Z', '2023-03-10T08:00:00.000Z'],
  viewsAt: 4,
  waits: [],
  viewsCatchUp: true,
  last: undefined,
  reads: 0,
  ready: [],
});

const logOf = (doubles: Doubles): LogClock => {
  const at = (position: number): StoredEvent | undefined => {
    const time = doubles.recorded[position - 1];
    // The kit reads nothing but recordedAt of it.
    return time === undefined ? undefined : ({ position, recordedAt: instantMillis(time) } as StoredEvent);
  };
  return {
    head: () => ({ position: doubles.recorded.length, recordedAt: at(doubles.recorded.length)?.recordedAt ?? null }),
    at,
    positionAt: (millis) => doubles.recorded.filter((time) => instantMillis(time) <= millis).length,
  };
};

const viewsOf = (doubles: Doubles): ViewsClock => ({
  position: () => doubles.viewsAt,
  waitFor: (position, millis) => {
    doubles.waits.push({ position, millis });
    if (doubles.viewsCatchUp) {
      doubles.viewsAt = position;
      while (doubles.recorded.length < position) doubles.recorded.push(doubles.recorded.at(-1) ?? NOW);
    }
    return Promise.resolve(doubles.viewsCatchUp);
  },
});

/** As the handler does: revisions, done commands, refusals; one event for each command. */
const handlerOf = (doubles: Doubles): ((subject: string, meta: Meta, refuse?: Refusal, nothing?: boolean) => Outcome<null>) => {
  const revisions = new Map<string, number>([['a', 12]]);
  const done = new Map<string, { digest: string; events: readonly Recorded[]; revision: number }>();
  return (subject, meta, refusal, nothing = false) => {
    const key = meta.idempotency && `${meta.actor.sub} ${meta.idempotency.key} ${subject}`;
    const digest = meta.idempotency && digestOf(meta.idempotency.body);
    const before = key === undefined ? undefined : done.get(key);
    if (before !== undefined && before.digest !== digest) return { kind: 'key-reused' };
    if (before !== undefined) return { kind: 'accepted', ...before, state: null, replayed: true };
    const current = revisions.get(subject) ?? 'none';
    if (meta.expected !== undefined && meta.expected !== current) return { kind: 'revision-mismatch', current };
    if (refusal !== undefined) return { kind: 'refused', refusal };
    const revision = current === 'none' ? 0 : current + 1;
    if (nothing) return { kind: 'accepted', events: [], revision: revision - 1, state: null, replayed: false };
    const position = doubles.recorded.push(doubles.now);
    const events = [{ id: derivedId('toy', String(position)), type: 'ThingHappened.v1', position }];
    revisions.set(subject, revision);
    if (key !== undefined && digest !== undefined) done.set(key, { digest, events, revision });
    return { kind: 'accepted', events, revision, state: null, replayed: false };
  };
};

/** Four letters with six words: the list of the toy. */
const WORDS = ['ant', 'bee', 'cat', 'dog', 'eel', 'fox'];

const shape = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('circle'), radius: z.int().min(1) }).meta({ id: 'Circle' }),
  z.strictObject({ kind: z.literal('square'), side: z.int().min(1) }).meta({ id: 'Square' }),
]);

const registerCommands = (kit: Kit, doubles: Doubles): void => {
  const handle = handlerOf(doubles);
  const everyone = ['office', 'unit'] as const;
  const words = { tags: ['toy'] as const, params: z.strictObject({ id }) };

  command(kit, {
    method: 'POST',
    url: '/v1/things',
    summary: 'Makes a thing',
    tags: ['toy'],
    roles: ['office', 'admin'],
    onBehalfOf: 'office',
    ifMatch: 'none',
    body: z.strictObject({
      id,
      name: line(20),
      size: z.int().min(1).max(9).optional(),
      colour: z.enum(['red', 'blue']).optional(),
      parts: z
        .array(z.strictObject({ n: z.int() }))
        .max(3)
        .optional(),
    }),
    run: ({ body, meta }) => ({ outcome: handle(body.id, meta), subject: body.id, location: `/v1/things/${body.id}` }),
  });
  command(kit, {
    ...words,
    method: 'POST',
    url: '/v1/things/:id/renames',
    summary: 'Renames it',
    roles: ['office'],
    onBehalfOf: 'office',
    ifMatch: 'required',
    body: z.strictObject({ name: line(20) }),
    run: ({ params, meta }) => ({ outcome: handle(params.id, meta), subject: params.id, location: `/v1/things/${params.id}` }),
  });
  command(kit, {
    ...words,
    method: 'POST',
    url: '/v1/things/:id/notes',
    summary: 'Notes something',
    refuses: [
      'unit-unknown',
      { field: 'unit-unknown' },
      'task-closed',
      'task-suspended',
      'already-reported',
      'period-not-begun',
      'period-outside-schedule',
      'notice-unreadable',
    ],
    roles: everyone,
    onBehalfOf: 'unit',
    ifMatch: 'honoured',
    body: z.strictObject({
      text: line(100).optional(),
      refuse: z.strictObject({ code: z.string(), pointer: z.string().optional(), facts: z.unknown().optional() }).optional(),
      nothing: z.boolean().optional(),
    }),
    more: z.strictObject({ note: z.string() }),
    run: ({ params, body, unit, meta, query: asked, newId, preconditioned }) => {
      doubles.last = { body, unit: unit satisfies string, meta, params, query: asked, newId: newId('note'), preconditioned };
      // The toy trusts the test to name a code of the union.
      const refusal = body.refuse && ({ detail: 'refused by the toy', ...body.refuse } as Refusal);
      return {
        outcome: handle(params.id, meta, refusal, body.nothing),
        subject: params.id,
        location: `/v1/things/${params.id}/notes/${newId('note')}`,
        more: { note: newId('note') },
      };
    },
  });
  command(kit, {
    ...words,
    method: 'PATCH',
    url: '/v1/things/:id',
    summary: 'Renames or merges it',
    roles: ['office'],
    onBehalfOf: 'office',
    ifMatch: 'honoured',
    body: z.union([z.strictObject({ name: line(20), from: date }), z.strictObject({ mergedInto: id, from: date })]),
    run: ({ params, body, meta }) => {
      doubles.last = { body, unit: undefined, meta, params, query: {}, newId: '', preconditioned: false };
      return { outcome: handle(params.id, meta), subject: params.id, location: `/v1/things/${params.id}` };
    },
  });
  command(kit, {
    ...words,
    method: 'PUT',
    url: '/v1/things/:id/shape',
    summary: 'Shapes it',
    roles: ['office'],
    onBehalfOf: 'office',
    ifMatch: 'honoured',
    body: shape,
    run: ({ params, body, meta }) => {
      doubles.last = { body, unit: undefined, meta, params, query: {}, newId: '', preconditioned: false };
      return { outcome: handle(params.id, meta), subject: params.id, location: `/v1/things/${params.id}` };
    },
  });
  command(kit, {
    method: 'POST',
    url: '/v1/imports',
    summary: 'Imports a document',
    tags: ['toy'],
    roles: ['office'],
    onBehalfOf: 'office',
    ifMatch: 'none',
    query: z.strictObject({ commit: z.enum(['true', 'false']).optional() }),
    body: plainText,
    bodyLimit: 2048,
    preview: z.strictObject({ bytes: z.string() }),
    run: ({ body, query: { commit }, meta }) =>
      commit === 'true'
        ? { outcome: handle('doc', meta), subject: 'doc', location: '/v1/imports/doc' }
        : { preview: { bytes: body.toString('hex') } },
  });
  command(kit, {
    method: 'POST',
    url: '/v1/failures',
    summary: 'Fails',
    tags: ['toy'],
    roles: ['office'],
    onBehalfOf: 'office',
    ifMatch: 'none',
    body: z.strictObject({ how: z.string() }),
    run: ({ body: { how } }) => {
      if (how === 'store') throw new StoreUnavailable('connection to 10.0.0.7 lost');
      if (how === 'contended') throw new TooContended('thing-a');
      if (how === 'large') throw new EventTooLarge(70_000);
      if (how === 'misfit')
        return {
          outcome: {
            kind: 'accepted',
            events: [{ id: 'not-a-uuid', type: 'X.v1', position: 1 }],
            revision: 0,
            state: null,
            replayed: false,
          },
          subject: 'x',
          location: '/x',
        };
      if (how === 'status') throw Object.assign(new Error('of another request'), { statusCode: 404, code: 'UND_ERR' });
      throw new Error('secret: the password is 1234');
    },
  });
};

const registerReads = (kit: Kit, doubles: Doubles): void => {
  const roles = ['office', 'unit', 'auditor'] as const;
  query(kit, {
    url: '/v1/things/:id',
    summary: 'One thing',
    tags: ['toy'],
    refuses: ['task-unknown', 'not-found'],
    roles,
    params: z.strictObject({ id }),
    response: z.strictObject({ id, revision: z.int(), dayOfMonth: z.string(), shape: shape.optional() }),
    timemap: ({ id: thing }) => `/v1/things/${thing}/timemap`,
    run: ({ params, principal, at }) => {
      doubles.reads += 1;
      if (params.id === 'gone') return new Problem('task-unknown', 'no such thing');
      if (params.id === 'secret' && principal.role === 'unit') return new Problem('not-found', 'nothing is here');
      if (params.id === 'misfit') return { id: 'misfit', revision: 1.5, dayOfMonth: 'x' };
      return { id: params.id, revision: 12, dayOfMonth: at.moment.day().slice(-2) };
    },
  });
  query(kit, {
    url: '/v1/board',
    summary: 'A board',
    tags: ['toy'],
    roles,
    query: z.strictObject({ period: z.string().optional() }),
    response: z.strictObject({ owed: z.int() }),
    formats: {
      csv: {
        write: ({ owed }, { about, language }) => ({ bytes: `${language === 'zh' ? '应报,日期' : 'owed,on'}\r\n${owed},${about.on}\r\n` }),
        fileName: (_, at, language) => `${language === 'zh' ? '应报(*)' : 'owed "now" €'}-${at.on}.csv`,
      },
    },
    run: ({ at }) => {
      doubles.reads += 1;
      return { owed: at.position };
    },
  });
  query(kit, {
    url: '/v1/moments',
    summary: 'The moment judged',
    tags: ['toy'],
    roles,
    response: z.strictObject({ millis: z.int() }),
    run: ({ at: { moment } }) => {
      moment.within({ from: moment.at, until: moment.at + 1 });
      return { millis: moment.at };
    },
  });
  query(kit, {
    url: '/v1/due',
    summary: 'What is due at an instant',
    tags: ['toy'],
    roles,
    query: z.strictObject({ at: z.iso.datetime() }),
    response: z.strictObject({ state: z.string() }),
    run: ({ query: { at: due }, at: { moment } }) => {
      doubles.reads += 1;
      return { state: moment.reached(instantMillis(due)) ? 'missing' : 'not-yet-due' };
    },
  });
  list(kit, {
    url: '/v1/notes',
    summary: 'Notes on a directive or a task',
    tags: ['toy'],
    roles,
    query: z.strictObject({ directive: id.optional(), task: id.optional() }),
    item: z.string(),
    run: () => ({ items: [], next: null }),
  });
  query(kit, {
    url: '/v1/notes/:id',
    summary: 'Notes on a task',
    tags: ['toy'],
    roles,
    params: z.strictObject({ id }),
    idNames: 'task',
    response: z.strictObject({ notes: z.int() }),
    run: () => ({ notes: 0 }),
  });
  query(kit, {
    url: '/v1/directed',
    summary: 'What names its directive',
    tags: ['toy'],
    roles,
    response: z.strictObject({ directive: id, task: z.null() }),
    run: () => ({ directive: 'far', task: null }),
  });
  query(kit, {
    url: '/v1/records/:id',
    summary: 'What was fixed once',
    tags: ['toy'],
    roles,
    params: z.strictObject({ id }),
    response: z.strictObject({ id }),
    fixed: () => ({ position: 2, recordedAt: '2023-03-02T10:00:00.000Z', on: '2023-02-28', timeZone: 'Asia/Shanghai' }),
    run: ({ params }) => ({ id: params.id }),
  });
  list(kit, {
    url: '/v1/things',
    summary: 'Things',
    tags: ['toy'],
    roles,
    query: z.strictObject({ q: z.string().optional() }),
    item: z.string(),
    run: ({ query: { q = '' }, paging }) => {
      doubles.reads += 1;
      return page(
        WORDS.filter((word) => word.includes(q)),
        paging,
        (word) => word,
      );
    },
  });
  list(kit, {
    url: '/v1/numbers',
    summary: 'Numbers from a key on',
    tags: ['toy'],
    roles,
    key: z.tuple([z.int()]),
    item: z.strictObject({ n: z.int() }),
    run: ({ paging: { limit, after } }) => {
      const from = (after?.[0] ?? 0) + 1;
      const rows = Array.from({ length: Math.max(0, Math.min(limit + 1, 8 - from)) }, (_, index) => ({ n: from + index }));
      return cut(rows, limit, ({ n }): [number] => [n]);
    },
  });
  plain(kit, {
    method: 'GET',
    url: '/v1/log/things/:n',
    summary: 'From the log',
    tags: ['toy'],
    access: ['auditor'],
    params: z.strictObject({ n: ordinal }),
    produces: { 'text/plain': 'The number.' },
    run: ({ params }) => ({
      type: 'text/plain; charset=utf-8',
      content: `${params.n + 1}\n`,
      headers: { 'cache-control': 'public, max-age=60' },
    }),
  });
  plain(kit, {
    method: 'POST',
    url: '/v1/things/:id/verify',
    summary: 'Computes without recording',
    tags: ['toy'],
    refuses: ['snapshot-unknown'],
    access: ['auditor', 'office'],
    params: z.strictObject({ id }),
    response: z.strictObject({ match: z.boolean() }),
    run: ({ params }) => (params.id === 'gone' ? new Problem('snapshot-unknown', 'no such snapshot') : { json: { match: true } }),
  });
};

const { x = '', d = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
export const toyKey: LocalKey = { kty: 'OKP', crv: 'Ed25519', x, d, kid: 'toy' };

export type ToyApp = {
  readonly kit: Kit;
  readonly doubles: Doubles;
  readonly token: (request: Omit<TokenRequest, 'ttl'> & { readonly ttl?: number }) => Promise<string>;
};

export const toyApp = async (change: Partial<KitOptions> = {}): Promise<ToyApp> => {
  const doubles = newDoubles();
  const clock: Clock = { now: () => Temporal.Instant.from(doubles.now) };
  let made = 0;
  const kit = await createKit({
    auth: localAuth(toyKey, { clock }),
    clock,
    ids: {
      next: () => {
        made += 1;
        return derivedId('made', String(made));
      },
    },
    log: logOf(doubles),
    views: viewsOf(doubles),
    timeZone: 'Asia/Shanghai',
    singleWriter: true,
    readiness: () => ({ ready: doubles.ready.length === 0, reasons: doubles.ready }),
    measures: [{ kind: 'counter', name: 'toy_commits_total', help: 'Commits.', read: () => 7 }],
    checkResponses: true,
    ...change,
  });
  registerCommands(kit, doubles);
  registerReads(kit, doubles);
  await kit.app.ready();
  return { kit, doubles, token: (request) => mintToken(toyKey, { ttl: 3600, ...request }, clock) };
};
