import MailComposer from 'nodemailer/lib/mail-composer';
import SMTPConnection from 'nodemailer/lib/smtp-connection';

/**
 * Sends a mail by SMTP, once. What counts is to know afterwards whether it may have gone: up to the message itself nothing
 * has, and what the server refuses has not; whatever ends the connection after that leaves it open.
 */

export type Mail = {
  readonly id: string;
  readonly list: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
};

export type MailOutcome = { readonly outcome: 'sent' | 'failed' | 'unknown'; readonly answer: string };
export type SendMail = (mail: Mail) => Promise<MailOutcome>;

export type SmtpServer = {
  readonly host: string;
  readonly port: number;
  /** From the first byte on; otherwise by STARTTLS. */
  readonly secure: boolean;
  /** Whether it may do without, where the server offers none. */
  readonly tlsOptional: boolean;
  readonly user: { readonly user: string; readonly pass: string } | undefined;
};

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/u;

/** `smtp://` or `smtps://`, with user and password, `?tls=optional`; undefined where it is none. */
export const smtpServer = (text: string): SmtpServer | undefined => {
  if (!/^smtps?:\/\//u.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  const host = url.hostname.replace(/^\[|\]$/gu, '');
  const tls = url.searchParams.get('tls');
  const isKnown = [...url.searchParams.keys()].every((name) => name === 'tls') && (tls === null || tls === 'optional');
  if (host === '' || !isKnown || (url.pathname !== '' && url.pathname !== '/') || url.hash !== '') return undefined;
  const secure = url.protocol === 'smtps:';
  return {
    host,
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    tlsOptional: tls === 'optional' || LOOPBACK.test(host),
    user: url.username === '' ? undefined : { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
  };
};

const TIMEOUT_MILLIS = 20_000;
/** All of a mail together: a server that says a little now and then is not waited for any longer. */
export const MAIL_LIMIT_MILLIS = 120_000;
const LONGEST_ANSWER = 300;

/** The domain of an address, by which messages are named. */
const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).replace(/[^\w.-]/gu, '');

const composed = async (from: string, { id, list, to, subject, text }: Mail): Promise<Buffer> => {
  const domain = domainOf(from);
  return new MailComposer({
    from,
    // Each gets it as if alone: whose addresses the office has is no matter of the others.
    to: to.length === 1 ? to[0] : 'undisclosed-recipients:;',
    subject,
    text,
    encoding: 'utf-8',
    textEncoding: 'base64',
    messageId: `<${id}@${domain}>`,
    headers: { 'Auto-Submitted': 'auto-generated', 'List-Id': `<${list}.reminders.${domain}>` },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
};

/** Without addresses, which an answer may name. */
const wordsOf = (text: string): string =>
  text
    .replaceAll(/[^\s<>]+@[^\s<>]+/gu, '…')
    .replaceAll(/\s+/gu, ' ')
    .trim()
    .slice(0, LONGEST_ANSWER);

const errorWords = (error: unknown): string => wordsOf(error instanceof Error ? error.message : String(error)) || 'no answer';

/** The server has said no (RFC 5321 §4.2.1), so it has not taken it. */
const isRefusal = (error: unknown): boolean =>
  error instanceof Error && 'responseCode' in error && typeof error.responseCode === 'number' && error.responseCode >= 400;

export const createMailer =
  (server: SmtpServer, from: string, limitMillis = MAIL_LIMIT_MILLIS): SendMail =>
  async (mail) => {
    const message = await composed(from, mail);
    const connection = new SMTPConnection({
      host: server.host,
      port: server.port,
      secure: server.secure,
      requireTLS: !server.secure && !server.tlsOptional,
      tls: { rejectUnauthorized: true, minVersion: 'TLSv1.2' },
      connectionTimeout: TIMEOUT_MILLIS,
      greetingTimeout: TIMEOUT_MILLIS,
      socketTimeout: TIMEOUT_MILLIS,
    });
    const broken = Promise.withResolvers<never>();
    broken.promise.catch(() => undefined); // it is raced below, and may come when nobody waits any more
    connection.on('error', broken.reject);
    connection.on('end', () => broken.reject(new Error('the connection was closed')));
    const limit = setTimeout(() => {
      broken.reject(new Error('no answer in time'));
      connection.close();
    }, limitMillis);
    const step = async (begin: (done: (error?: Error | null) => void) => void): Promise<void> => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      begin((error) => (error === undefined || error === null ? resolve() : reject(error)));
      await Promise.race([promise, broken.promise]);
    };
    try {
      try {
        await step((done) => connection.connect(done));
        const { user } = server;
        if (user !== undefined) await step((done) => connection.login({ ...user }, done));
      } catch (error) {
        return { outcome: 'failed', answer: errorWords(error) };
      }
      const sent = Promise.withResolvers<string>();
      connection.send({ from, to: [...mail.to] }, message, (error, info) => {
        if (error === null) sent.resolve(info.response);
        else sent.reject(error);
      });
      return { outcome: 'sent', answer: wordsOf(await Promise.race([sent.promise, broken.promise])) || 'accepted' };
    } catch (error) {
      return { outcome: isRefusal(error) ? 'failed' : 'unknown', answer: errorWords(error) };
    } finally {
      clearTimeout(limit);
      connection.quit();
    }
  };
