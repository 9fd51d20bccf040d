import { setTimeout as sleep } from 'node:timers/promises';
import { seed, SEED_DIRECTIVE } from '../../seed/index.ts';
import { directiveFolding, directiveStream } from '../domain/directives/state.ts';
import type { Duban } from './duban.ts';
import type { Logger } from './logger.ts';
import { workMeter } from './work-meter.ts';
import { StoreUnavailable } from '../store/event-store.ts';

/** On an empty log, or after an import that was cut short, the directive is imported; otherwise nothing happens. */
export const seedOnce = async (duban: Duban, logger: Logger): Promise<void> => {
  const { state } = await duban.handler.load(directiveFolding, directiveStream(SEED_DIRECTIVE));
  const resumes = state.status === 'importing';
  if (!resumes && duban.services.store.head().position > 0) return;
  if (duban.services.ledger.contradicted()) return; // the log is not empty: it was lost
  logger.info(`${resumes ? 'an import was cut short: going on with' : 'the log is empty: importing'} the directive in seed/`);
  const outcome = await seed(
    duban.handler,
    { actor: { sub: 'seed', role: 'system' }, receivedAt: duban.clock.now() },
    workMeter('importing'),
  );
  if (!outcome.ok) throw new Error(`the directive could not be imported: ${outcome.refusal.detail}`);
  logger.info(`imported ${SEED_DIRECTIVE}: ${outcome.imported.events.length} events`);
  for (const who of ['office', 'auditor', 'admin', 'unit --unit hu-bin-qu-zheng-fu'])
    logger.info(`a token:  npm run -s duban -- token --role ${who}`);
};

export type Seeding = {
  /** Why the directive is not in yet, where it may still be missing. */
  readonly pending: () => string | undefined;
  /** Gives up what is not done. */
  readonly stop: () => void;
  /** Resolves when it is over, whatever came of it. */
  readonly ended: Promise<void>;
};

const POLL_MILLIS = 50;
const RETRY_MILLIS = 1_000;

/**
 * On a cluster whether the log is empty shows only once the mirror has caught up with it, so this goes on beside the
 * server. Several replicas may do it at the same time: each step finds what another has done.
 */
export const startSeeding = (duban: Duban, logger: Logger): Seeding => {
  const stopping = new AbortController();
  const { signal } = stopping;
  let pending: string | undefined = 'whether the log is empty is not known yet';

  const pause = async (millis: number): Promise<void> => {
    await sleep(millis, undefined, { signal }).catch(() => undefined); // it rejects for the signal alone, which the caller asks
  };

  const run = async (): Promise<void> => {
    while (!duban.caughtUp() && !signal.aborted) await pause(POLL_MILLIS);
    while (!signal.aborted)
      try {
        pending = 'the directive is being imported';
        await seedOnce(duban, logger);
        pending = undefined;
        return;
      } catch (error) {
        if (signal.aborted) return;
        pending = error instanceof Error ? error.message : String(error);
        logger.error(error, 'the directive is not imported');
        if (!(error instanceof StoreUnavailable)) return;
        await pause(RETRY_MILLIS);
      }
  };

  return { pending: () => pending, stop: () => stopping.abort(), ended: run() };
};
