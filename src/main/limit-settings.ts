import { z } from 'zod';
import { DEFAULT_LIMITS, type Limits } from '../http/limits/limits.ts';
import { parseTtl } from '../kernel/ttl.ts';
import { wording } from '../messages/standing.ts';

/** What the environment sets of the limits (docs/operations.md, "What one client may take"). */

/** More than any of them is ever set to. */
const MOST = 1_000_000_000_000;

/** A whole number from `least` on. */
export const whole = (least: number, most: number, message: string) =>
  z
    .string()
    .regex(/^\d{1,13}$/u, message)
    .transform(Number)
    .refine((value) => value >= least && value <= most, message);

const count = (least = 1) => whole(least, MOST, wording('setting.whole-from', { least }));

/** Given in seconds, minutes, hours: kept in ms. */
const time = (least: number, most: number) => {
  const message = wording('setting.time-between', { least, most });
  return z.string().transform((text, context) => {
    const seconds = parseTtl(text);
    if (seconds !== undefined && seconds >= least && seconds <= most) return seconds * 1000;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });
};

/** IPv4 or IPv6, and networks of them. */
const addresses = z.string().transform((text, context) => {
  const named = text.split(',').map((part) => part.trim());
  const isAddress = (part: string): boolean =>
    z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6(), z.literal('loopback')]).safeParse(part).success;
  if (named.every(isAddress)) return named;
  context.addIssue({ code: 'custom', message: wording('setting.addresses') });
  return z.NEVER;
});

/** Hosts, addresses and networks. */
export const places = z.string().transform((text, context) => {
  const named = text.split(',').map((part) => part.trim());
  const isPlace = (part: string): boolean =>
    z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]).safeParse(part).success ||
    /^(?=.*[a-z])[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/iu.test(part);
  if (named.every(isPlace)) return named;
  context.addIssue({
    code: 'custom',
    message: wording('setting.places'),
  });
  return z.NEVER;
});

const LONGEST_SECONDS = 3600;

export const limitSettings = {
  RATE_LIMIT: count().optional(),
  RATE_LIMIT_ADDRESS: count().optional(),
  TRUSTED_PROXIES: addresses.optional(),
  SHED_DELAY: count(10).optional(),
  READS_AT_ONCE: count().optional(),
  READS_AT_ONCE_SUBJECT: count().optional(),
  READS_WAITING: count(0).optional(),
  READS_WAITING_SUBJECT: count(0).optional(),
  STREAMS: count(0).optional(),
  STREAMS_SUBJECT: count(0).optional(),
  STREAM_STALL: time(1, LONGEST_SECONDS).optional(),
  HEADERS_TIMEOUT: time(1, LONGEST_SECONDS).optional(),
  REQUEST_TIMEOUT: time(1, LONGEST_SECONDS).optional(),
  URL_LIMIT: whole(256, 16_384, wording('setting.characters')).optional(),
  JSON_DEPTH: whole(4, 32, wording('setting.json-depth')).optional(),
  JSON_MEMBERS: count(100).optional(),
  PAGE_BYTES: count(1024).optional(),
  ATTACHMENT_LIMIT: count().optional(),
  ATTACHMENTS_UNIT: count(0).optional(),
  ATTACHMENT_BYTES_UNIT: count(0).optional(),
} as const;

type Given = { readonly [Name in keyof typeof limitSettings]?: z.infer<(typeof limitSettings)[Name]> };

/** With the defaults for what is not set. */
export const limitsOf = (given: Given, defaults: Limits = DEFAULT_LIMITS): Limits => ({
  requests: given.RATE_LIMIT ?? defaults.requests,
  requestsOfAddress: given.RATE_LIMIT_ADDRESS ?? defaults.requestsOfAddress,
  trustedProxies: given.TRUSTED_PROXIES ?? defaults.trustedProxies,
  delayMillis: given.SHED_DELAY ?? defaults.delayMillis,
  reads: {
    atOnce: given.READS_AT_ONCE ?? defaults.reads.atOnce,
    atOnceOfOne: given.READS_AT_ONCE_SUBJECT ?? defaults.reads.atOnceOfOne,
    waiting: given.READS_WAITING ?? defaults.reads.waiting,
    waitingOfOne: given.READS_WAITING_SUBJECT ?? defaults.reads.waitingOfOne,
  },
  streams: {
    atOnce: given.STREAMS ?? defaults.streams.atOnce,
    atOnceOfOne: given.STREAMS_SUBJECT ?? defaults.streams.atOnceOfOne,
    stalledMillis: given.STREAM_STALL ?? defaults.streams.stalledMillis,
  },
  headersMillis: given.HEADERS_TIMEOUT ?? defaults.headersMillis,
  requestMillis: given.REQUEST_TIMEOUT ?? defaults.requestMillis,
  urlLength: given.URL_LIMIT ?? defaults.urlLength,
  jsonDepth: given.JSON_DEPTH ?? defaults.jsonDepth,
  jsonMembers: given.JSON_MEMBERS ?? defaults.jsonMembers,
  pageBytes: given.PAGE_BYTES ?? defaults.pageBytes,
  attachmentBytes: given.ATTACHMENT_LIMIT ?? defaults.attachmentBytes,
  attachmentsOfUnit: given.ATTACHMENTS_UNIT ?? defaults.attachmentsOfUnit,
  attachmentBytesOfUnit: given.ATTACHMENT_BYTES_UNIT ?? defaults.attachmentBytesOfUnit,
});
