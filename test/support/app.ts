import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Test } from 'tap';
import { seed } from '../../seed/index.ts';
import { buildApp } from '../../src/api/app.ts';
import { openDuban, type Duban } from '../../src/main/duban.ts';
import { localAuth } from '../../src/http/auth.ts';
import { DEFAULT_LIMITS, type Limits } from '../../src/http/limits/limits.ts';
import { loadLocalKey, mintToken } from '../../src/http/local-key.ts';
import type { Role } from '../../src/http/principal.ts';
import { LOCAL_RULES } from '../../src/http/token-claims.ts';
import type { Clock } from '../../src/kernel/clock.ts';
import { Told } from '../../src/messages/told.ts';

/**
 * A whole Duban in a directory of its own: everything but the port and the process. The test says what time it is,
 * and every answer is held to its schema.
 */

/** The day after next to the notice's: when the office of these tests imports it. */
export const SEEDED_AT = '2023-01-12T09:00:00+08:00';

export const SEED_DIRECTIVE = 'sanzhengban-2023-1';
export const TIME_ZONE = 'Asia/Shanghai';
const TEN_YEARS = 10 * 366 * 86_400;

export const temporaryDir = (t: Pick<Test, 'teardown'>): string => {
  const path = mkdtempSync(join(tmpdir(), 'duban-app-'));
  t.teardown(() => rmSync(path, { recursive: true, force: true }));
  return path;
};

export type TestClock = Clock & {
  /** An RFC 3339 instant. */
  readonly set: (text: string) => void;
  readonly advance: (millis: number) => void;
};

const clockAt = (text: string): TestClock => {
  let now = Temporal.Instant.from(text);
  return {
    now: () => now,
    set: (to) => {
      now = Temporal.Instant.from(to);
    },
    advance: (millis) => {
      now = now.add({ milliseconds: millis });
    },
  };
};

const rethrow = (error: unknown): never => {
  throw error;
};

const openEmbedded = (dataDir: string, clock: Clock, webhookAllow: readonly string[] = []): Duban =>
  openDuban({ dataDir, timeZone: TIME_ZONE, clock, onError: rethrow, relaxedDurability: true, webhookAllow });

let template: string | undefined;

/** The seed is imported once for each file of tests; copying its files is faster than importing again. */
const seededTemplate = async (): Promise<string> => {
  if (template !== undefined) return template;
  const dataDir = mkdtempSync(join(tmpdir(), 'duban-seeded-'));
  process.once('exit', () => rmSync(dataDir, { recursive: true, force: true }));
  const clock = clockAt(SEEDED_AT);
  const duban = openEmbedded(dataDir, clock);
  const outcome = await seed(duban.handler, { actor: { sub: 'seed', role: 'system' }, receivedAt: clock.now() }, duban.services);
  if (!outcome.ok) throw new Told(outcome.refusal.detail);
  await duban.projector.caughtUp();
  await duban.close();
  await loadLocalKey(dataDir);
  template = dataDir;
  return dataDir;
};

/** A directory with the seed in it, closed. */
export const seededDir = async (t: Pick<Test, 'teardown'>): Promise<string> => {
  const path = temporaryDir(t);
  cpSync(await seededTemplate(), path, { recursive: true });
  return path;
};

/** `body` is the parsed JSON; what is not JSON has only `text`. */
export type Answer<Body = unknown> = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
  readonly bytes: Uint8Array;
  readonly body: Body;
};

/** What was recorded is told by the body; where nothing was, it throws. */
export const recorded = async <Body>(sent: Promise<Answer<Body>>): Promise<Body> => {
  const { status, text, body } = await sent;
  if (status !== 201) throw new Error(`${status} ${text}`);
  return body;
};

export type Headers = Readonly<Record<string, string>>;

/** Requests of one sender. Their type parameter is what the test reads of the body; the schemas have checked the rest. */
export type Client = {
  /** A body that is text is sent as it is, with the content type given; an object as JSON. */
  readonly send: <Body = unknown>(method: string, url: string, body?: object | string, headers?: Headers) => Promise<Answer<Body>>;
  readonly get: <Body = unknown>(url: string, headers?: Headers) => Promise<Answer<Body>>;
  readonly post: <Body = CommandBody>(url: string, body?: object | string, headers?: Headers) => Promise<Answer<Body>>;
};

export type CommandBody = {
  readonly events: readonly { readonly id: string; readonly type: string; readonly position: number }[];
  readonly subject: string;
  readonly revision: number;
  readonly position: number;
  readonly receipt: string;
};
export type ListBody<Item> = { readonly items: readonly Item[]; readonly next: string | null; readonly basis: BasisBody };
export type BasisBody = {
  readonly position: number;
  readonly recordedAt: string | null;
  readonly on: string;
  readonly at: string;
  readonly timeZone: string;
};
export type ProblemBody = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly errors?: readonly { readonly pointer: string; readonly message: string }[];
  readonly currentRevision?: number | null;
  readonly facts?: Readonly<Record<string, unknown>>;
};

const isJson = (type: string | undefined): boolean => type !== undefined && /^application\/(?:problem\+)?json\b/u.test(type);

const headersOf = (headers: Readonly<Record<string, string | number | readonly string[] | undefined>>): Answer['headers'] =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value?.toString()]));

type Sent = { readonly method: string; readonly url: string; readonly headers: Headers; readonly body: object | string | undefined };
type Got = Omit<Answer, 'body'>;

const byHand = async (app: FastifyInstance, { method, url, headers, body }: Sent): Promise<Got> => {
  const response = await app.inject({
    method: method as 'GET', // inject's type knows the methods of its own list; HTTP has any
    url,
    headers: { ...headers },
    ...(body === undefined ? {} : { payload: body }),
  });
  return { status: response.statusCode, headers: headersOf(response.headers), text: response.payload, bytes: response.rawPayload };
};

const bySocket = async (app: FastifyInstance, { method, url, headers, body }: Sent): Promise<Got> => {
  const address = app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const content =
    body === undefined || typeof body === 'string' ? body : Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body);
  const response = await fetch(`http://127.0.0.1:${port}${url}`, {
    method,
    headers,
    redirect: 'manual',
    ...(content === undefined ? {} : { body: content }),
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  return { status: response.status, headers: Object.fromEntries(response.headers), text: bytes.toString('utf8'), bytes };
};

export type World = {
  readonly dataDir: string;
  readonly clock: TestClock;
  readonly duban: () => Duban;
  readonly app: () => FastifyInstance;
  readonly office: Client;
  readonly auditor: Client;
  readonly admin: Client;
  readonly unit: (id: string) => Client;
  /** Without a token. */
  readonly nobody: Client;
  /** For requests that do not go through `Client`. */
  readonly tokenOf: (role: Exclude<Role, 'unit'>) => Promise<string>;
  /** Another office clerk, by name. */
  readonly clerk: (sub: string) => Client;
  /** The last position of the log. */
  readonly head: () => number;
  /** Everything recorded can be read. Every `get` waits for it. */
  readonly settled: () => Promise<void>;
  readonly close: () => Promise<void>;
  /** Closes, lets the files be looked at or changed, and opens them again. */
  readonly restart: (between?: () => void | Promise<void>) => Promise<void>;
  /** Every item of a list, page by page. */
  readonly all: <Item>(who: Client, url: string, limit?: number) => Promise<readonly Item[]>;
};

export type WorldOptions = {
  readonly seeded?: boolean;
  readonly at?: string;
  readonly dataDir?: string;
  /** Requests go over a socket, by the machine's own network; otherwise they are handed to the application. */
  readonly overHttp?: boolean;
  /** Over the defaults. */
  readonly limits?: Partial<Limits>;
  /** Where webhooks may go. */
  readonly webhookAllow?: readonly string[];
  /** On another log than the embedded one. */
  readonly open?: (dataDir: string, clock: Clock) => Duban | Promise<Duban>;
};

/** The tests keep the process from hearing requests, more so on a busy machine: ten minutes, and nothing is refused for it. */
const NOT_SHED = 600_000;

export const openWorld = async (t: Pick<Test, 'teardown'>, options: WorldOptions = {}): Promise<World> => {
  const { seeded = true, at = SEEDED_AT, overHttp = false, limits = {} } = options;
  const open = options.open ?? ((dir: string, now: Clock) => openEmbedded(dir, now, options.webhookAllow));
  const dataDir = options.dataDir ?? (seeded ? await seededDir(t) : temporaryDir(t));
  const clock = clockAt(at);
  const key = await loadLocalKey(dataDir);
  let opened: { readonly duban: Duban; readonly app: FastifyInstance } | undefined;

  const start = async (): Promise<void> => {
    const duban = await open(dataDir, clock);
    const { services, ids, readiness, measures } = duban;
    const auth = localAuth(key, { clock, rules: { ...LOCAL_RULES, maxTtl: TEN_YEARS }, isRevoked: services.revocations.isRevoked });
    const app = await buildApp({
      services,
      clock,
      ids,
      readiness,
      measures,
      auth,
      checkResponses: true,
      limits: { ...DEFAULT_LIMITS, delayMillis: NOT_SHED, ...limits },
    });
    if (overHttp) await app.listen({ host: '127.0.0.1', port: 0 });
    opened = { duban, app };
  };
  const close = async (): Promise<void> => {
    const closing = opened;
    opened = undefined;
    await closing?.app.close();
    await closing?.duban.close();
  };
  const running = (): NonNullable<typeof opened> => {
    if (opened === undefined) throw new Error('this world is closed');
    return opened;
  };
  const settled = (): Promise<void> => running().duban.projector.caughtUp();

  const mint = (role: Role, more: { readonly unit?: string; readonly sub?: string } = {}): Promise<string> =>
    mintToken(key, { role, ttl: TEN_YEARS, ...more }, clockAt('2022-01-01T00:00:00Z'));
  const clientOf = (role?: Role, more: { readonly unit?: string; readonly sub?: string } = {}): Client => {
    const minted = role === undefined ? undefined : mint(role, more);
    const send = async <Body>(method: string, url: string, body?: object | string, headers: Headers = {}): Promise<Answer<Body>> => {
      const token = await minted;
      const sent = {
        method,
        url,
        headers: {
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined || headers['content-type'] !== undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        body,
      };
      const { status, headers: answered, text, bytes } = await (overHttp ? bySocket : byHand)(running().app, sent);
      // The cast is the edge: what the test reads of a body is what its schema promises, and the app checks every answer against it.
      const parsed = (isJson(answered['content-type']) && text !== '' ? JSON.parse(text) : undefined) as Body;
      return { status, headers: answered, text, bytes, body: parsed };
    };
    return {
      send,
      get: async (url, headers) => {
        await settled();
        return send('GET', url, undefined, headers);
      },
      post: (url, body, headers) => send('POST', url, body, headers),
    };
  };
  const units = new Map<string, Client>();
  const unit = (id: string): Client => {
    const known = units.get(id) ?? clientOf('unit', { unit: id });
    units.set(id, known);
    return known;
  };

  await start();
  t.teardown(close);
  return {
    dataDir,
    clock,
    duban: () => running().duban,
    app: () => running().app,
    office: clientOf('office'),
    auditor: clientOf('auditor'),
    admin: clientOf('admin'),
    unit,
    nobody: clientOf(),
    tokenOf: mint,
    clerk: (sub) => clientOf('office', { sub }),
    head: () => running().duban.services.store.head().position,
    settled,
    close,
    restart: async (between) => {
      await close();
      await between?.();
      await start();
    },
    all: async <Item>(who: Client, url: string, limit = 500): Promise<readonly Item[]> => {
      const items: Item[] = [];
      for (let cursor = ''; ;) {
        const page = await who.get<ListBody<Item>>(`${url}${url.includes('?') ? '&' : '?'}limit=${limit}${cursor}`);
        if (page.status !== 200) throw new Error(`${url}: ${page.text}`);
        items.push(...page.body.items);
        if (page.body.next === null) return items;
        cursor = `&cursor=${page.body.next}`;
      }
    },
  };
};
