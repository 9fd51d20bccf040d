import { setTimeout as sleep } from 'node:timers/promises';
import { SEED_DIRECTIVE } from '../support/app.ts';
import { ask, kindOf, type Reply } from './drill-http.ts';
import { measured, type Replica } from './drill-replicas.ts';

/** Who reads while others write: every replica is asked for this and that, whether it is ready, and what it takes of memory. */

const READS = [
  `/v1/tasks/${SEED_DIRECTIVE}-task-26`,
  '/v1/tasks?limit=20',
  `/v1/compliance?directive=${SEED_DIRECTIVE}&kind=monthly&period=2023-03`,
  `/v1/units/shi-ke-ji-ju/scorecard?year=2023&asOf=@300`,
  '/v1/log/events?after=400&limit=20',
  '/v1/ledger/proof/inclusion?position=1',
] as const;

const PAUSE_MILLIS = 200;

export type Watched = {
  readonly replica: string;
  readonly reads: readonly Reply[];
  /** Every answer to whether it is ready. */
  readonly readiness: readonly Reply[];
  /** MiB, as its process tells it, from the first to the last. */
  readonly memory: readonly number[];
};

/** Until the signal comes. */
export const watch = async (replica: Replica, token: string, signal: AbortSignal): Promise<Watched> => {
  const reads: Reply[] = [];
  const readiness: Reply[] = [];
  const memory: number[] = [];
  for (let turn = 0; !signal.aborted; turn += 1) {
    reads.push(await ask(replica.url(), { path: READS[turn % READS.length] ?? '', token }));
    readiness.push(await ask(replica.url(), { path: '/health/ready' }));
    const bytes = await measured(replica, 'process_resident_memory_bytes');
    if (!Number.isNaN(bytes)) memory.push(bytes / 2 ** 20);
    await sleep(PAUSE_MILLIS, undefined, { signal }).catch(() => undefined); // it rejects for the signal alone
  }
  return { replica: replica.name, reads, readiness, memory };
};

/** Seconds in which it was not ready, and the reasons it gave. */
export const unready = (readiness: readonly Reply[]): { readonly seconds: number; readonly reasons: readonly string[] } => {
  const not = readiness.filter(({ status }) => status !== 200);
  const until = (reply: Reply): number => readiness[readiness.indexOf(reply) + 1]?.begun ?? reply.ended;
  return {
    seconds: not.reduce((sum, reply) => sum + until(reply) - reply.begun, 0) / 1000,
    reasons: [...new Set(not.map((reply) => (reply.status === 'none' ? 'it is not running' : detailOf(reply))))],
  };
};

const detailOf = (reply: Reply): string =>
  typeof reply.body === 'object' && reply.body !== null && 'detail' in reply.body ? String(reply.body.detail) : kindOf(reply);
