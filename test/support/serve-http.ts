import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { Test } from 'tap';

/** A server of a test's own over real HTTP, gone with the test. Gives its address, without a slash at the end. */
export const serveHttp = async (t: Pick<Test, 'teardown'>, answer: RequestListener): Promise<string> => {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
};
