import type { Test } from 'tap';
import { serveHttp } from '../support/serve-http.ts';

/** A server of a log's paths that shows whatever files it is given, over real HTTP; each answer waits for what `gate` says of its path. */
export const serveFiles = async (
  t: Pick<Test, 'teardown'>,
  files: ReadonlyMap<string, Uint8Array>,
  origin: string,
  gate: (path: string) => Promise<unknown> | undefined = () => undefined,
): Promise<string> => {
  const sizes = [...files.keys()].flatMap((path) => /^checkpoints\/(\d+)$/u.exec(path)?.[1] ?? []).map(Number);
  const items = sizes
    .toSorted((a, b) => a - b)
    .map((size) => ({ size, note: Buffer.from(files.get(`checkpoints/${size}`) ?? []).toString('utf8') }));
  return serveHttp(t, (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === '/v1/ledger/checkpoints') return response.end(JSON.stringify({ origin, items, next: null }));
    const bytes = files.get(pathname === '/v1/ledger/key' ? 'keys' : pathname.replace('/v1/ledger/', ''));
    if (bytes === undefined) return response.writeHead(404).end();
    return void Promise.resolve(gate(pathname)).then(() => response.end(bytes));
  });
};
