import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/**
 * A client that takes all it can get, in a process of its own, until it is killed: `abuse.ts` starts it. It says when it
 * has begun, and how many of its connections the service has closed or refused whenever it is asked.
 */

export type Abuse = {
  readonly port: number;
  readonly path: string;
  readonly authorization: string;
  readonly connections: number;
  /** Requests under way on each connection. */
  readonly pipelined: number;
  /** Whether it reads what it is sent; otherwise it leaves it lying. */
  readonly reads: boolean;
};

/** How many answers begin in a piece of what was received: near enough to go on asking. */
const STATUS_LINE = /HTTP\/1\.1 \d{3}/gu;

const begin = async ({ port, path, authorization, pipelined, reads }: Abuse): Promise<Socket> => {
  const request = `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: ${authorization}\r\n\r\n`;
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(request.repeat(pipelined));
  if (!reads) return socket.pause();
  socket.setEncoding('latin1');
  socket.on('data', (text: string) => {
    const answered = text.match(STATUS_LINE)?.length ?? 0;
    if (answered > 0) socket.write(request.repeat(answered));
  });
  return socket;
};

// The casts are the edge between processes: `abuse.ts` alone starts this one, and what it sends first says what to do.
const [abuse] = (await once(process, 'message')) as [Abuse];
const sockets = await Promise.all(Array.from({ length: abuse.connections }, () => begin(abuse)));
process.on('message', () => process.send?.({ closed: sockets.filter(({ destroyed }) => destroyed).length }));
process.on('disconnect', () => process.exit(0));
process.send?.('begun');
