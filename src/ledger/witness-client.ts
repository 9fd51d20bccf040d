import { sha256Hex } from '../kernel/canonical.ts';
import { boundedBody } from '../kernel/bounded-body.ts';

/** One witness over HTTP (C2SP tlog-witness). What it answers is not trusted, nor how much of it. */

export type Answer = { readonly status: number; readonly bytes: Buffer };

const TIMEOUT_MILLIS = 5_000;
const MAX_ANSWER_BYTES = 128 * 1024;

const urlOf = (base: string, path: string): URL => new URL(path, base.endsWith('/') ? base : `${base}/`);

const bounded = async (response: Response): Promise<Answer> => ({
  status: response.status,
  bytes: await boundedBody(response, MAX_ANSWER_BYTES),
});

/** Asks for a cosignature; `body` as `formatAddCheckpoint` writes it. Throws where there is no answer. */
export const addCheckpoint = async (url: string, body: Uint8Array): Promise<Answer> =>
  bounded(
    await fetch(urlOf(url, 'add-checkpoint'), {
      method: 'POST',
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body: Buffer.from(body),
      signal: AbortSignal.timeout(TIMEOUT_MILLIS),
      redirect: 'error',
    }),
  );

/** Where monitors read the latest checkpoint of a log that a witness has cosigned. */
export const monitoringPath = (origin: string): string => `${sha256Hex(origin)}/checkpoint`;

/** The latest checkpoint that it cosigned; status 404 where it has seen none. Throws where there is no answer. */
export const latestCheckpoint = async (url: string, origin: string): Promise<Answer> =>
  bounded(await fetch(urlOf(url, monitoringPath(origin)), { signal: AbortSignal.timeout(TIMEOUT_MILLIS), redirect: 'error' }));
