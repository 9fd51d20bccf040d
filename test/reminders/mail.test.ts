import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { test } from 'tap';
import { createMailer, smtpServer, type Mail, type SmtpServer } from '../../src/sending/mail.ts';
import { freePort } from '../support/process.ts';
import { startMailbox } from './mailbox.ts';

/** Mail by a real server in another process: what arrives, and what is known of it afterwards. */

const FROM = 'duban@example.gov.cn';
const MAIL: Mail = {
  id: '0d1f7a52-7a55-8c3e-9d0a-1b2c3d4e5f60',
  list: 'sanzhengban-2023-1',
  to: ['zhangsan@example.org'],
  subject: '【催办提醒】2023年3月份月报报送（三政办〔2023〕1号）',
  text: '市科技局：\n\n　　请按时报送。\n.\n..\n完',
};

const at = (url: string): SmtpServer => smtpServer(url) ?? { host: '', port: 0, secure: false, tlsOptional: true, user: undefined };

await test('a mail arrives as it was written, and says what it is', async (t) => {
  const box = await startMailbox(t);
  t.match(await createMailer(at(box.url), FROM)(MAIL), { outcome: 'sent' });
  const [mail] = box.mails();
  t.match(mail, {
    to: MAIL.to,
    subject: MAIL.subject,
    messageId: `<${MAIL.id}@example.gov.cn>`,
    headers: { 'auto-submitted': 'auto-generated' },
  });
  t.equal(mail?.text.trim(), MAIL.text, 'dots and all');
  t.match(mail?.raw, /^List-Id: <sanzhengban-2023-1\.reminders\.example\.gov\.cn>\r?$/imu);
  t.match(mail?.raw, /^Subject: =\?UTF-8\?[BQ]\?/mu, 'the subject is encoded');
  const head = mail?.raw.split('\r\n\r\n', 1)[0] ?? '';
  t.equal(Buffer.byteLength(head), head.length, 'nothing but ASCII in the head');
});

await test('several of a unit do not learn of each other', async (t) => {
  const box = await startMailbox(t);
  await createMailer(at(box.url), FROM)({ ...MAIL, to: ['a@example.org', 'b@example.org'] });
  const [mail] = box.mails();
  t.same(mail?.to, ['a@example.org', 'b@example.org']);
  t.notMatch(mail?.raw, /a@example\.org|b@example\.org/u);
});

await test('no header can be made of a subject, an id or a list', async (t) => {
  const box = await startMailbox(t);
  const evil = 'x\r\nBcc: evil@example.org\r\nX-Evil: 1\r\n\r\nbody';
  t.match(await createMailer(at(box.url), FROM)({ ...MAIL, subject: evil, list: evil, id: evil }), { outcome: 'sent' });
  const [mail] = box.mails();
  t.same(mail?.to, MAIL.to);
  t.notMatch(mail?.raw, /^(?:Bcc|X-Evil):/imu);
  t.equal(mail?.text.trim(), MAIL.text);
});

await test('what is known afterwards: refused is not sent; broken off may be', async (t) => {
  const box = await startMailbox(t);
  const send = createMailer(at(box.url), FROM);
  box.does('refuse');
  t.match(await send(MAIL), { outcome: 'failed', answer: /full/u });
  box.does('refuse-recipient');
  t.match(await send(MAIL), { outcome: 'failed' });
  box.does('hang-up');
  t.match(await send(MAIL), { outcome: 'unknown' });
  t.same(box.mails(), []);
  box.does('take-and-hang-up');
  t.match(await send(MAIL), { outcome: 'unknown' }, 'it has come, and nobody knows');
  t.equal(box.mails().length, 1);
  t.match(await createMailer(at(`smtp://127.0.0.1:${await freePort()}`), FROM)(MAIL), { outcome: 'failed' }, 'nobody listens');
});

await test('a server that says a little now and then is not waited for without end', async (t) => {
  const dripping = createServer((socket) => {
    const drip = setInterval(() => socket.write('220-wait\r\n'), 20);
    socket.on('close', () => clearInterval(drip)).on('error', () => undefined);
  });
  await once(dripping.listen(0, '127.0.0.1'), 'listening');
  t.teardown(() => dripping.close());
  const { port } = dripping.address() as AddressInfo; // it listens on a port
  t.match(await createMailer(at(`smtp://127.0.0.1:${port}`), FROM, 300)(MAIL), { outcome: 'failed', answer: 'no answer in time' });
});

await test('a server whose certificate nobody vouches for gets nothing, nor one without TLS where it is wanted', async (t) => {
  const box = await startMailbox(t, { tls: true });
  t.match(await createMailer({ ...at(box.url), tlsOptional: false }, FROM)(MAIL), { outcome: 'failed' });
  t.match(await createMailer(at(box.url), FROM)(MAIL), { outcome: 'failed' }, 'offered, it is taken, and then it must hold');
  t.same(box.mails(), []);
  const plain = await startMailbox(t);
  t.match(await createMailer({ ...at(plain.url), tlsOptional: false }, FROM)(MAIL), { outcome: 'failed' });
  t.same(plain.mails(), []);
});

await test('addresses of servers', (t) => {
  t.same(smtpServer('smtps://user:p%40ss@mail.example.gov.cn'), {
    host: 'mail.example.gov.cn',
    port: 465,
    secure: true,
    tlsOptional: false,
    user: { user: 'user', pass: 'p@ss' },
  });
  t.match(smtpServer('smtp://mail.example.gov.cn:25?tls=optional'), { port: 25, secure: false, tlsOptional: true });
  t.match(smtpServer('smtp://127.0.0.1'), { port: 587, tlsOptional: true });
  for (const bad of [
    'mail.example.gov.cn',
    'http://x',
    'smtp://',
    'smtp://x?tls=never',
    'smtp://x/path',
    'smtp://x?rejectUnauthorized=false',
  ])
    t.equal(smtpServer(bad), undefined, bad);
  t.end();
});
