import { lookup as resolve } from 'node:dns';
import { Agent as HttpAgent, request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { hostOf, type Guard } from './addresses.ts';
import { inEnglish } from '../messages/words.ts';

/**
 * Sends a body to a URL that somebody named. The addresses of a name are looked at when it is connected to, so that a
 * name that leads elsewhere the second time helps nobody; a redirect is an answer, and is not followed; of the answer no
 * more is read than its head and a bounded part, which is thrown away.
 */

export type Posted =
  /** `retryAfter`: what it says of when to come again, ms. */
  | { readonly kind: 'answered'; readonly status: number; readonly retryAfter: number | undefined }
  /** `words` name the cause, and nothing of what was read. */
  | { readonly kind: 'failed'; readonly words: string };

export type Post = (url: string, headers: Readonly<Record<string, string>>, body: string) => Promise<Posted>;

const MOST_READ = 64 * 1024;

class AddressRefused extends Error {
  readonly code = 'ADDRESS_REFUSED';
}

/** DNS, without the addresses that may not be reached. */
const guardedLookup =
  (guard: Guard): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) {
        callback(error, []);
        return;
      }
      const open = addresses.filter(({ address }) => guard.mayReach(hostname.toLowerCase(), address));
      const [first] = open;
      if (first === undefined) callback(new AddressRefused(`${hostname} leads to no address that may be reached`), []);
      else if (options.all === true) callback(null, open);
      else callback(null, first.address, first.family);
    });
  };

/** Delay in seconds, or a date (RFC 9110 §10.2.3). */
const retryAfterOf = (header: string | undefined, now: number): number | undefined => {
  if (header === undefined) return undefined;
  if (/^\d{1,9}$/u.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
};

/** Codes are the system's own, and say no more than that it did not work. */
const wordsOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'ERROR';
  if (code === 'ABORT_ERR') return 'no answer in time';
  return code === 'ADDRESS_REFUSED' ? 'the address may not be reached' : `no answer (${code.slice(0, 60)})`;
};

/** @param millis  within which all of it is done */
export const createPost = (guard: Guard, now: () => number, millis = 15_000): { readonly post: Post; readonly close: () => void } => {
  const lookup = guardedLookup(guard);
  // One connection for each request: what was looked at is what is used.
  const agents = { http: new HttpAgent({ keepAlive: false }), https: new HttpsAgent({ keepAlive: false }) };

  const post: Post = async (text, headers, body) => {
    const refused = guard.refuses(text);
    if (refused !== undefined) return { kind: 'failed', words: `the URL ${inEnglish(refused)}` };
    const url = new URL(text);
    const isTls = url.protocol === 'https:';
    const { promise, resolve: done } = Promise.withResolvers<Posted>();
    const options: RequestOptions = {
      method: 'POST',
      agent: isTls ? agents.https : agents.http,
      lookup,
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      signal: AbortSignal.timeout(millis),
      maxHeaderSize: 16 * 1024,
    };
    const answered = (response: IncomingMessage): void => {
      const given: Posted = {
        kind: 'answered',
        status: response.statusCode ?? 0,
        retryAfter: retryAfterOf(response.headers['retry-after'], now()),
      };
      let read = 0;
      response.on('data', (chunk: Buffer) => {
        read += chunk.length;
        if (read > MOST_READ) response.destroy();
      });
      // The head is the answer: what becomes of the rest changes nothing.
      response.on('error', () => undefined);
      response.on('close', () => done(given));
    };
    const sending = (isTls ? requestHttps : requestHttp)(url, options, answered);
    sending.on('socket', (socket) => {
      // An address in the URL is not looked up, and whatever was: here is where it leads.
      socket.once('connect', () => {
        const { remoteAddress = '' } = socket;
        if (!guard.mayReach(hostOf(url), remoteAddress)) socket.destroy(new AddressRefused('refused'));
      });
    });
    sending.on('error', (error) => done({ kind: 'failed', words: wordsOf(error) }));
    sending.end(body);
    return promise;
  };
  return {
    post,
    close: () => {
      for (const agent of [agents.http, agents.https]) agent.destroy();
    },
  };
};
