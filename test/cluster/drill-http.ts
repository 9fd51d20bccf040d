import { setTimeout as sleep } from 'node:timers/promises';

/** Requests as a client of the service makes them, and all that can come back. */

export type Request = {
  readonly method?: 'GET' | 'POST';
  readonly path: string;
  readonly token?: string;
  readonly body?: object;
  readonly key?: string;
};

export type Reply = {
  /** `none`: the connection was refused or broke, or nothing came in time. */
  readonly status: number | 'none';
  /** Parsed, where it is JSON. */
  readonly body: unknown;
  readonly text: string;
  /** Seconds. */
  readonly retryAfter: number | undefined;
  /** Monotonic, ms: when it was asked and when it was answered. */
  readonly begun: number;
  readonly ended: number;
};

/** Longer than any answer may take. */
const PATIENCE_MILLIS = 60_000;

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // metrics, for one
  }
};

const secondsOf = (header: string | null): number | undefined => (header !== null && /^\d+$/u.test(header) ? Number(header) : undefined);

/** @param url  undefined where nobody listens */
export const ask = async (url: string | undefined, { method = 'GET', path, token, body, key }: Request): Promise<Reply> => {
  const begun = performance.now();
  try {
    if (url === undefined) throw new Error('it is not running');
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(PATIENCE_MILLIS),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: parsed(text),
      text,
      retryAfter: secondsOf(response.headers.get('retry-after')),
      begun,
      ended: performance.now(),
    };
  } catch (error) {
    return {
      status: 'none',
      body: undefined,
      text: error instanceof Error ? error.message : String(error),
      retryAfter: undefined,
      begun,
      ended: performance.now(),
    };
  }
};

/** Whether it may be sent again as it is. */
export const isTransient = ({ status }: Reply): boolean => status === 'none' || status === 503;

/** What a client waits before it sends again, as it was told, or a second. */
export const pauseAfter = ({ retryAfter = 1 }: Reply): Promise<void> => sleep(retryAfter * 1000);

/** What a reply counts as: its status, and of a problem its code. */
export const kindOf = ({ status, body }: Reply): string =>
  typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string' ? `${status} ${body.code}` : String(status);

export const tally = (kinds: Iterable<string>): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const kind of kinds) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
};
