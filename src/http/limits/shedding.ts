import underPressure from '@fastify/under-pressure';
import type { FastifyInstance } from 'fastify';
import { retryLater } from '../problem.ts';
import { say } from '../../messages/message.ts';

/** Requests that come while the process is far behind are refused at once: otherwise all wait, and then all again. */

const SAMPLE_MILLIS = 500;
const RETRY_SECONDS = 2;
/** What is made once, at the start, is no load. */
const STARTING_MILLIS = 5_000;

/** Whoever watches the service must hear of it all the more. */
const EXEMPT = /^\/(?:health\/|metrics$)/u;

/** `delayMillis`: by how much events are late on average, within half a second. */
export const registerShedding = async (app: FastifyInstance, delayMillis: number): Promise<void> => {
  const begun = performance.now();
  await app.register(underPressure, {
    maxEventLoopDelay: delayMillis,
    sampleInterval: SAMPLE_MILLIS,
    pressureHandler: (request, _reply, _type, value): undefined => {
      // Where nothing was measured the plugin says infinity.
      if (!Number.isFinite(value) || performance.now() - begun < STARTING_MILLIS) return undefined;
      if (EXEMPT.test(request.routeOptions.url ?? '')) return undefined;
      throw retryLater('overloaded', say('http.requests-heard-ms-late-nothing-more', { value: Math.round(value ?? 0) }), RETRY_SECONDS);
    },
  });
};
