import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { splitUrl } from './route.ts';

/**
 * The URL of a request as the log may have it. Secrets do not belong in a URL, and come there all the same: a token as
 * `access_token` (RFC 6750 §2.3), or pasted somewhere. So of the query only what the route knows is told, and a JSON
 * Web Token nowhere.
 */

const HIDDEN = '[redacted]';
/** Three parts, of which the first is the start of a JSON object (RFC 7515 §7.1). */
const TOKEN = /eyJ[\w-]{4,}\.[\w-]+\.[\w-]*/gu;
const NAME = /^[\w.-]{1,40}$/u;

const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};

/** As it stands, unless it hides a token behind its percent encoding, or what it hides cannot be told. */
const withoutToken = (text: string): string => {
  const plain = text.replaceAll(TOKEN, HIDDEN);
  const meant = decoded(plain);
  return meant === undefined || meant.search(TOKEN) !== -1 ? HIDDEN : plain;
};

export const loggedUrl = (url: string, parameters: ReadonlySet<string>): string => {
  const [path, query] = splitUrl(url);
  const shownPath = path.split('/').map(withoutToken).join('/');
  if (query === '') return shownPath;
  const parts = query.split('&').map((part) => {
    const [name = '', ...value] = part.split('=');
    if (!NAME.test(name) || name.search(TOKEN) !== -1) return HIDDEN;
    return `${name}=${parameters.has(name) ? withoutToken(value.join('=')) : HIDDEN}`;
  });
  return `${shownPath}?${parts.join('&')}`;
};

const NONE: ReadonlySet<string> = new Set();

/** The parameters that the route of a request knows. */
const parametersOf = ({ routeOptions }: FastifyRequest): ReadonlySet<string> => {
  const query = routeOptions.schema?.querystring;
  return query instanceof z.ZodObject ? new Set(Object.keys(query.shape)) : NONE;
};

export const urlForLog = (request: FastifyRequest): string => loggedUrl(request.url, parametersOf(request));
