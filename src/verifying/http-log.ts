import { boundedBody } from '../kernel/bounded-body.ts';
import { Unreadable } from './fault.ts';
import { say } from '../messages/message.ts';

/** A server's log over HTTP. */

export type HttpLog = {
  /** The body of a GET under the server's base. Throws `Unreadable` where there is none. */
  readonly get: (path: string, accept?: string) => Promise<Buffer>;
};

const TIMEOUT_MILLIS = 60_000;
/** More than the largest bundle of entries, 256 of 65,535 bytes each. */
const MAX_BYTES = 32 * 1024 * 1024;
/** A server that is busy with something that will end says 503; it is asked again so often. */
const TRIES = 5;

export const httpLog = (base: string, token: string | undefined): HttpLog => {
  const root = base.endsWith('/') ? base : `${base}/`;
  const get = async (path: string, accept: string, left: number): Promise<Buffer> => {
    const url = new URL(path, root);
    let response: Response;
    try {
      response = await fetch(url, {
        headers: { accept, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
        signal: AbortSignal.timeout(TIMEOUT_MILLIS),
        redirect: 'error',
      });
      if (response.ok) return await boundedBody(response, MAX_BYTES);
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
      throw new Unreadable(url.href, say('verifying.cannot-be-read', { why: cause }));
    }
    await response.body?.cancel();
    if (response.status === 503 && left > 1) {
      const { promise, resolve } = Promise.withResolvers<void>();
      setTimeout(resolve, 1000 * Math.min(10, Number(response.headers.get('retry-after') ?? 1)));
      await promise;
      return get(path, accept, left - 1);
    }
    const { status } = response;
    throw new Unreadable(
      url.href,
      status === 401 || status === 403 ? say('verifying.answers-without-token', { status }) : say('verifying.answers', { status }),
    );
  };
  return { get: (path, accept = '*/*') => get(path, accept, TRIES) };
};
