import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ownValue } from '../kernel/own-value.ts';
import { urlForLog } from './logged-url.ts';
import { TAGS, type Language } from '../messages/language.ts';
import { say, type PlainKey } from '../messages/message.ts';
import { preferredLanguage } from './negotiate.ts';
import { problem, problemBody, problemOf, sendProblem, PROBLEM_TYPE, Problem } from './problem.ts';
import type { ProblemCode } from './problems.ts';
import { splitUrl } from './route.ts';

/** Whatever fails anywhere, the answer is a problem document (RFC 9457). */

/** A registered URL with its parameters, as a pattern for what clients send. */
const patternOf = (url: string): RegExp =>
  new RegExp(
    `^${url
      .split('/')
      .map((part) => (part.startsWith(':') ? '[^/]+' : part === '*' ? '.*' : part.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`)))
      .join('/')}$`,
    'u',
  );

/** Which methods a path takes: Fastify itself answers 404 where only the method is wrong. */
const collectMethods = (app: FastifyInstance): ((path: string) => readonly string[]) => {
  const routes = new Map<string, { readonly pattern: RegExp; readonly methods: Set<string> }>();
  app.addHook('onRoute', ({ url, method }) => {
    const route = routes.get(url) ?? { pattern: patternOf(url), methods: new Set<string>() };
    for (const name of [method].flat()) route.methods.add(name);
    routes.set(url, route);
  });
  return (path) => [...new Set([...routes.values()].filter(({ pattern }) => pattern.test(path)).flatMap(({ methods }) => [...methods]))];
};

/** Where a path would be without slashes at its end, which nothing here has. */
const withoutSlash = (path: string): string => {
  let end = path.length;
  while (end > 1 && path[end - 1] === '/') end -= 1;
  return path.slice(0, end);
};

/** A body of another media type: the answer names the one that is taken, for people and in `Accept` (RFC 9110 §12.5.1). */
const namingTaken = (found: Problem, { routeOptions }: FastifyRequest): Problem => {
  const { takes } = routeOptions.config;
  if (found.code !== 'unsupported-media-type' || takes === undefined) return found;
  return new Problem(found.code, say('http.taken-instead', { why: found.told, takes }), {
    ...found.more,
    headers: { ...found.more.headers, accept: takes },
  });
};

/** In tests a problem that its route does not name is a failure, not an answer. */
const named = (found: Problem, { routeOptions }: FastifyRequest): Problem => {
  const { problems } = routeOptions.config;
  if (problems === undefined || problems.get(found.status)?.includes(found.code) === true) return found;
  const cause = new Error(`${routeOptions.url} does not name ${found.status} ${found.code} among what it refuses`, { cause: found });
  return problem('internal', cause.message, { cause });
};

export const registerFailures = (app: FastifyInstance, checked: boolean): void => {
  const methodsOf = collectMethods(app);
  app.addHook('onRequest', async ({ url, routeOptions }, reply) => {
    const [path, query] = splitUrl(url);
    // A route that ends so itself, or takes any path, means what it says; a parameter would be empty.
    if (!path.endsWith('/') || /[/*]$/u.test(routeOptions.url ?? '')) return;
    const bare = withoutSlash(path);
    if (bare !== '/' && methodsOf(bare).length > 0) await reply.redirect(query === '' ? bare : `${bare}?${query}`, 308);
  });
  app.setNotFoundHandler((request, reply) => {
    const methods = methodsOf(splitUrl(request.url)[0]);
    const found =
      methods.length === 0 || methods.includes(request.method)
        ? problem('not-found', say('http.nothing'))
        : problem('method-not-allowed', say('http.method', { method: request.method }), { headers: { allow: methods.join(', ') } });
    return sendProblem(reply, found);
  });
  app.setErrorHandler((error, request, reply) => {
    const thrown = namingTaken(problemOf(error), request);
    const found = checked ? named(thrown, request) : thrown;
    // Of these the line of the request says enough: they are said to everybody for a while.
    if (found.status >= 500 && found.code !== 'views-behind' && found.code !== 'shutting-down')
      request.log.error({ err: found.cause ?? found, url: urlForLog(request), method: request.method }, found.message);
    return sendProblem(reply, found);
  });
};

const CLIENT_ERRORS: Readonly<Record<string, readonly [ProblemCode, PlainKey]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: ['request-timeout', 'http.not-in-time'],
  HPE_HEADER_OVERFLOW: ['headers-too-large', 'http.headers-too-large'],
};

/** What Node says of a request that it could not read: at `bytesParsed` of `rawPacket`, a Buffer, it stopped. */
type ClientError = Error & { readonly code?: string; readonly bytesParsed?: number; readonly rawPacket?: unknown };

/** Node stops at the first byte of a URL that is not ASCII: mostly Chinese text sent as it was typed, in whatever encoding. */
const isUnencoded = ({ code, bytesParsed = 0, rawPacket }: ClientError): boolean =>
  code === 'HPE_INVALID_URL' && rawPacket instanceof Uint8Array && (rawPacket[bytesParsed] ?? 0) >= 0x80;

const told = (error: ClientError): readonly [ProblemCode, PlainKey] =>
  isUnencoded(error)
    ? ['malformed-request', 'http.url-not-encoded']
    : (ownValue(CLIENT_ERRORS, error.code ?? '') ?? ['malformed-request', 'http.no-http']);

const ACCEPT_LANGUAGE = /^accept-language:(.*)$/imu;

/** The header as it stands among the bytes that came, for nobody has read them. */
const acceptedIn = ({ rawPacket }: ClientError): string | undefined =>
  rawPacket instanceof Uint8Array ? ACCEPT_LANGUAGE.exec(Buffer.from(rawPacket).toString('latin1'))?.[1] : undefined;

/** What was not even HTTP gets its answer on the bare socket; `otherwise` is the language of who names none. */
export const socketFailure =
  (otherwise: Language) =>
  (error: ClientError, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || socket.destroyed) return;
    const [code, detail] = told(error);
    if (socket.writable) socket.write(rawAnswer(problem(code, say(detail)), preferredLanguage(acceptedIn(error), otherwise)));
    socket.destroy();
  };

const rawAnswer = (found: Problem, language: Language): string => {
  const body = JSON.stringify(problemBody(found, '', language));
  return [
    `HTTP/1.1 ${found.status} ${STATUS_CODES[found.status] ?? ''}`,
    `content-type: ${PROBLEM_TYPE}`,
    `content-language: ${TAGS[language]}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
    '',
    body,
  ].join('\r\n');
};
