import { hash, randomUUID } from 'node:crypto';

/** Ids of subjects: units, tasks, directives, snapshots. */
export const ID_PATTERN = /^[a-z0-9][a-z0-9-]{0,79}$/u;

const HEX = 16;

/** 32 hex digits in the form 8-4-4-4-12. */
export const uuidText = (hex: string): string =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;

const variant = (digit: string): string => ((Number.parseInt(digit, HEX) & 0x3) | 0x8).toString(HEX);

/**
 * A UUID made from its parts alone (RFC 9562 §5.8, version 8): the same command always yields the same
 * event ids, on any replica, so a retry is recognised in the log itself.
 */
export const derivedId = (...parts: readonly string[]): string => {
  const hex = hash('sha256', JSON.stringify(parts), 'hex');
  return uuidText(`${hex.slice(0, 12)}8${hex.slice(13, 16)}${variant(hex[16] ?? '0')}${hex.slice(17, 32)}`);
};

/** Fresh ids for what has no idempotency key. Injected, so that a test can name them. */
export type Ids = { readonly next: (nowMillis: number) => string };

/** Time-ordered random UUIDs (RFC 9562 §5.7, version 7). */
export const randomIds: Ids = {
  next: (nowMillis) => {
    // randomUUID draws from a pool, at a tenth of what asking the system for bytes costs. Behind its version digit it
    // has the same layout: 12 random bits, the variant, 62 random bits.
    const random = randomUUID();
    const time = nowMillis.toString(HEX).padStart(12, '0');
    return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(15, 18)}${random.slice(18)}`;
  },
};

export const uuidBytes = (uuid: string): Buffer => Buffer.from(uuid.replaceAll('-', ''), 'hex');

export const UUID_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u;
