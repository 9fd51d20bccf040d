import { rmSync } from 'node:fs';
import * as fc from 'fast-check';
import { OTHER, OWN } from '../support/acts.ts';
import { openWorld, seededDir, type Answer, type Client, type World } from '../support/app.ts';
import { documentOf, exampleOf, mismatchBy, type Document } from '../support/openapi.ts';
import { knownIn } from './known.ts';
import { faultOf } from './laws.ts';
import { requestsTo, type Request, type Sender } from './requests.ts';
import type { Known } from './values.ts';

/** Requests made from the document, sent one after the other, each answer held to the laws. */

export type Found = { readonly fault: string; readonly request: string; readonly seed: number };

export type Outcome = {
  readonly sent: number;
  readonly statuses: ReadonlyMap<number, number>;
  /** Operations that gave a 2xx. */
  readonly succeeded: ReadonlySet<string>;
  readonly found: readonly Found[];
  readonly ready: Answer;
};

/** Server-sent events have no end. */
const ENDLESS = '/v1/log/stream';
/** Requests made at a time: what they make is known to the next ones. */
const CHUNK = 1_000;
const MAX_FOUND = 25;
const AT_EXIT = { teardown: (remove: () => unknown) => void process.once('exit', () => void remove()) };

/** The directive as imported, and what the examples make of it; those that need the demo year are refused. */
const openPeopled = async (overHttp: boolean): Promise<World> => {
  const world = await openWorld(
    { teardown: () => undefined },
    { dataDir: await seededDir(AT_EXIT), at: '2024-03-05T09:00:00+08:00', overHttp },
  );
  const document = await documentOf(world);
  for (const [path, item] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(item)) {
      if (method === 'get') continue;
      const { url, headers, body } = exampleOf(path, operation);
      await world.office.send(method.toUpperCase(), url, body, headers);
      world.clock.advance(1_000);
    }
  await world.settled();
  return world;
};

const clientsOf = (world: World): Readonly<Record<Sender, Client>> => ({
  office: world.office,
  own: world.unit(OWN),
  other: world.unit(OTHER),
  auditor: world.auditor,
  admin: world.admin,
  nobody: world.nobody,
  forged: world.unit('no-such-unit'),
});

const targetsOf = (document: Document) =>
  Object.entries(document.paths)
    .filter(([path]) => path !== ENDLESS)
    .flatMap(([path, item]) => Object.entries(item).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })));

/** What was made leads somewhere from now on. */
const learn = (known: Known, { location }: Answer['headers']): void => {
  const [, kind, id] = /^\/v1\/([\w-]+)\/([^/?]+)$/u.exec(location ?? '') ?? [];
  const names = known.get(kind === 'attachments' ? 'attachments/{sha256}' : `${kind}/{id}`);
  if (id !== undefined && names !== undefined && !names.includes(id) && names.length < 60) names.push(id);
  if (kind === 'snapshots' && id !== undefined) known.get('snapshot')?.push(id);
};

const shown = ({ method, url, sender, headers, body }: Request): string => {
  const text =
    body === undefined
      ? ''
      : Buffer.isBuffer(body)
        ? `bytes ${body.toString('latin1')}`
        : typeof body === 'string'
          ? body
          : JSON.stringify(body);
  return `${method} ${url} as ${sender} ${JSON.stringify(headers)} ${text.slice(0, 600)}`.slice(0, 1500);
};

/** What a client of HTTP itself refuses to send is no request. */
const isSendable = ({ method, headers, body }: Request): boolean => {
  try {
    const sendable = new Headers(headers);
    return !sendable.has('host') && (body === undefined || (method !== 'GET' && method !== 'HEAD'));
  } catch {
    return false;
  }
};

export const fuzz = async (options: { readonly runs: number; readonly seed: number; readonly overHttp?: boolean }): Promise<Outcome> => {
  const { runs, seed, overHttp = false } = options;
  const world = await openPeopled(overHttp);
  const document = await documentOf(world);
  const mismatchOf = mismatchBy(document);
  const known = await knownIn(world);
  const clients = clientsOf(world);
  const targets = targetsOf(document);
  const statuses = new Map<number, number>();
  const succeeded = new Set<string>();
  const found: Found[] = [];

  const one = async (request: Request, from: number): Promise<void> => {
    const before = world.head();
    const answer = await clients[request.sender].send(request.method, request.url, request.body, request.headers);
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    if (answer.status < 300) {
      succeeded.add(`${request.method} ${request.path}`);
      learn(known, answer.headers);
    }
    const fault = faultOf(world, mismatchOf, request, answer, { before, after: world.head() });
    const told = `${request.method} ${request.path}: ${fault?.replace(/"requestId":"[^"]*"/u, '')}`;
    if (fault !== undefined && found.length < MAX_FOUND && !found.some((earlier) => earlier.fault === told))
      found.push({ fault: told, request: shown(request), seed: from });
  };

  const chunks = Array.from({ length: Math.ceil(runs / CHUNK) }, (_, index) => seed + index);
  for (const [index, from] of chunks.entries()) {
    const requests = fc.oneof(...targets.map((target) => requestsTo(target, document, known)));
    for (const [count, request] of fc.sample(requests, { numRuns: Math.min(CHUNK, runs - index * CHUNK), seed: from }).entries()) {
      if (overHttp && !isSendable(request)) continue;
      await one(request, from);
      if (count % 16 === 0) await world.settled();
      world.clock.advance(500);
    }
  }
  await world.settled();
  const ready = await world.nobody.get('/health/ready');
  await world.close();
  rmSync(world.dataDir, { recursive: true, force: true });
  const sent = [...statuses.values()].reduce((sum, count) => sum + count, 0);
  return { sent, statuses, succeeded, found, ready };
};
