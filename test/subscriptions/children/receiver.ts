import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';

/**
 * A system of the office, in a process of its own: writes down every request that it answers with success, then answers.
 * `/flaky` fails at random: before it has written it down, or after, or by hanging up. Usage: <file> <port>
 */

const [file = '', port = '0'] = process.argv.slice(2);

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://receiver');
    const text = (): string => Buffer.concat(chunks).toString('utf8');
    const note = (status: number): void =>
      appendFileSync(file, `${JSON.stringify({ at: Date.now(), path: pathname, status, headers: request.headers, body: text() })}\n`);
    const answer = (status: number, headers: Record<string, string> = {}): void => {
      note(status);
      response.writeHead(status, headers).end();
    };
    const luck = Math.random();
    if (pathname === '/flaky' && luck < 0.1) return void response.writeHead(503).end();
    if (pathname === '/flaky' && luck < 0.2) return void request.socket.destroy();
    if (pathname === '/flaky' && luck < 0.3) {
      note(200); // taken, but the sender does not hear of it
      return void request.socket.destroy();
    }
    const status = Number(searchParams.get('status') ?? 200);
    const header = searchParams.get('header')?.split('=') ?? [];
    if (pathname === '/endless') {
      response.writeHead(200);
      const flood = setInterval(() => response.write('x'.repeat(65_536)), 1);
      return void response.on('close', () => clearInterval(flood));
    }
    if (pathname === '/silent') return note(0);
    return answer(status, header.length === 2 ? { [header[0] ?? '']: header[1] ?? '' } : {});
  });
});

server.listen(Number(port), '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`listening on http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}\n`);
});
