import { appendFileSync, readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/**
 * A mail server in a process of its own (smtp-server): writes down what it takes, read by mailparser. What it does with
 * mail stands in a file: `take`, `refuse`, `refuse-recipient`, `hang-up` after all of it has come, `take-and-hang-up`.
 * Usage: <file of mails> <file of what to do> [tls]
 */

const [file = '', doing = '', tls = 'none'] = process.argv.slice(2);
const does = (): string => readFileSync(doing, 'utf8').trim();
const sockets = new Set<Socket>();
const hangUp = (): void => {
  for (const socket of sockets) socket.destroy();
};

const server = new SMTPServer({
  authOptional: true,
  // With it, a certificate of the library's own, that nobody vouches for.
  ...(tls === 'none' ? { disabledCommands: ['STARTTLS'] } : {}),
  onRcptTo: (_address, _session, done) => (does() === 'refuse-recipient' ? done(new Error('no such mailbox')) : done()),
  onData: (stream, session, done) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      const raw = Buffer.concat(chunks);
      const what = does();
      if (what === 'hang-up') return hangUp();
      if (what === 'refuse') return done(Object.assign(new Error('mailbox is full'), { responseCode: 452 }));
      return simpleParser(raw, (_error, mail) => {
        const headers = Object.fromEntries(
          [...mail.headers].map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
        );
        const { subject, text, messageId } = mail;
        const to = session.envelope.rcptTo.map(({ address }) => address);
        appendFileSync(file, `${JSON.stringify({ raw: raw.toString('utf8'), to, subject, text, messageId, headers })}\n`);
        if (what === 'take-and-hang-up') return hangUp();
        return done();
      });
    });
  },
});
server.on('error', () => undefined); // connections are broken on purpose
server.server.on('connection', (socket: Socket) => {
  sockets.add(socket);
  socket.on('close', () => sockets.delete(socket));
});
server.listen(0, '127.0.0.1', () => {
  const address = server.server.address();
  process.stdout.write(`listening on ${typeof address === 'object' && address !== null ? address.port : 0}\n`);
});
