import { createHmac, randomBytes } from 'node:crypto';

/** What is sent is signed by the Standard Webhooks scheme: whoever has the secret knows who sent it, and when. */

const PREFIX = 'whsec_';
const SECRET_BYTES = 32;

/** 24 to 64 bytes in base64, as the scheme has them. */
export const SECRET_PATTERN = /^whsec_(?:[A-Za-z0-9+/]{4}){8,21}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/u;

export const newSecret = (): string => PREFIX + randomBytes(SECRET_BYTES).toString('base64');

const signedBy = (secret: string, content: string): string =>
  `v1,${createHmac('sha256', Buffer.from(secret.slice(PREFIX.length), 'base64'))
    .update(content, 'utf8')
    .digest('base64')}`;

/**
 * @param secrets  all by which it is signed: while one is exchanged for another, both
 * @param seconds  of this attempt, since the epoch
 */
export const signatureHeaders = (
  secrets: readonly string[],
  { id, seconds, body }: { readonly id: string; readonly seconds: number; readonly body: string },
): Readonly<Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string>> => ({
  'webhook-id': id,
  'webhook-timestamp': String(seconds),
  'webhook-signature': secrets.map((secret) => signedBy(secret, `${id}.${seconds}.${body}`)).join(' '),
});
