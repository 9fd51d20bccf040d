import { openDuban } from '../../../src/main/duban.ts';
import { createMailer, smtpServer } from '../../../src/sending/mail.ts';

/** A process that dies by SIGKILL around a mail: claimed and not sent, or sent and not recorded. */

const [dataDir, when, url = '', now = ''] = process.argv.slice(2);
const server = smtpServer(url);
if (dataDir === undefined || server === undefined) throw new Error('usage: die-around-mail <data directory> before|after <url> <instant>');

const send = createMailer(server, 'duban@example.gov.cn');
const die = (): void => {
  process.kill(process.pid, 'SIGKILL');
};
const duban = openDuban({
  dataDir,
  timeZone: 'Asia/Shanghai',
  clock: { now: () => Temporal.Instant.from(now) },
  onError: (error) => {
    throw error;
  },
  mail: {
    office: undefined,
    send: async (mail) => {
      if (when === 'before') die();
      const sent = await send(mail);
      die();
      return sent;
    },
  },
});
await duban.projector.caughtUp();
await duban.services.reminders.run({ dry: false });
await duban.close();
