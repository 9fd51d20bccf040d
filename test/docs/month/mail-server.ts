import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** A mail server for whoever follows the month of docs/office.md by hand: it prints what comes, and passes nothing on. */

const PORT = 2525;

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData: (stream, { envelope }, done) => {
    simpleParser(stream, (error, { subject = '', text = '' }) => {
      const to = envelope.rcptTo.map(({ address }) => address).join(', ');
      if (!error) process.stdout.write(`${to}\n${subject}\n\n${text}\n\n`);
      done(error);
    });
  },
});
server.listen(PORT, '127.0.0.1', () => process.stdout.write(`smtp://127.0.0.1:${PORT}\n`));
