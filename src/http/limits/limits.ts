import type { StreamLimits } from './streams.ts';
import type { TurnLimits } from './turns.ts';

/** What one client may take of the service before others feel it (docs/operations.md, "What one client may take"). */
export type Limits = {
  /** Requests a minute, of one subject. */
  readonly requests: number;
  /** Requests a minute without a valid token, from one address. */
  readonly requestsOfAddress: number;
  /** Addresses of proxies that are believed in what they say of the client's address; nobody is unless named. */
  readonly trustedProxies: readonly string[];
  /** Requests are refused while the process hears them so late, in ms on average. */
  readonly delayMillis: number;
  readonly reads: TurnLimits;
  readonly streams: StreamLimits;
  /** For how long a request's headers may take to arrive, and all of it. */
  readonly headersMillis: number;
  readonly requestMillis: number;
  /** Characters. */
  readonly urlLength: number;
  readonly jsonDepth: number;
  /** Members of objects and items of arrays, in one body. */
  readonly jsonMembers: number;
  /** Bytes of the items of a page; one item may have more. */
  readonly pageBytes: number;
  /** Bytes of one attachment. */
  readonly attachmentBytes: number;
  /** What one unit may have sent, in number and bytes. */
  readonly attachmentsOfUnit: number;
  readonly attachmentBytesOfUnit: number;
};

const MIB = 1024 * 1024;

export const DEFAULT_LIMITS: Limits = {
  requests: 600_000,
  requestsOfAddress: 120_000,
  trustedProxies: [],
  delayMillis: 1_500,
  reads: { atOnce: 32, atOnceOfOne: 4, waiting: 2_000, waitingOfOne: 500 },
  streams: { atOnce: 512, atOnceOfOne: 64, stalledMillis: 30_000 },
  headersMillis: 20_000,
  requestMillis: 5 * 60_000,
  urlLength: 8_192,
  jsonDepth: 32,
  jsonMembers: 20_000,
  pageBytes: 8 * MIB,
  attachmentBytes: 64 * MIB,
  attachmentsOfUnit: 100_000,
  attachmentBytesOfUnit: 100 * 1024 * MIB,
};
