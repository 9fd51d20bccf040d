import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { retryLater } from '../problem.ts';
import { subjectOf, type Principal } from '../principal.ts';
import type { Limits } from './limits.ts';
import { say, type Message } from '../../messages/message.ts';

/**
 * How often one may ask. Who has a valid token is known by it, whatever the address: an office may stand behind one.
 * Who has none is known by the address alone.
 */
export type Rates = {
  /** @throws Problem  the subject has asked too often within the minute */
  readonly countSubject: (request: FastifyRequest, principal: Principal) => Promise<void>;
  /** @throws Problem  the address has */
  readonly countAddress: (request: FastifyRequest) => Promise<void>;
};

const MINUTE_MILLIS = 60_000;
/** Whose requests are counted at one time; the least recent are forgotten. */
const COUNTED = 20_000;

type Check = ReturnType<FastifyInstance['createRateLimit']>;

export const registerRates = async (app: FastifyInstance, { requests, requestsOfAddress }: Limits): Promise<Rates> => {
  await app.register(rateLimit, { global: false, cache: COUNTED, timeWindow: MINUTE_MILLIS });
  const subjects = app.createRateLimit({
    max: requests,
    timeWindow: MINUTE_MILLIS,
    keyGenerator: ({ principal }) => (principal === null ? '' : subjectOf(principal)),
  });
  // Of an IPv6 address the network counts: its holder has 2^64 of them. The plugin sees to that.
  const addresses = app.createRateLimit({ max: requestsOfAddress, timeWindow: MINUTE_MILLIS });

  const count = async (check: Check, request: FastifyRequest, whose: Message): Promise<void> => {
    const found = await check(request);
    if (!found.isAllowed && found.isExceeded)
      throw retryLater('too-many-requests', say('http.has-sent-more-than-requests-within', { whose, max: found.max }), found.ttlInSeconds);
  };
  return {
    countSubject: (request) => count(subjects, request, say('http.this-subject')),
    countAddress: (request) => count(addresses, request, say('http.this-address')),
  };
};
