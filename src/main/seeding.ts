import { setTimeout as sleep } from 'node:timers/promises';
import { seed, SEED_DIRECTIVE } from '../../seed/index.ts';
import { directiveFolding, directiveStream } from '../domain/directives/state.ts';
import type { Duban } from './duban.ts';
import type { Logger } from './logger.ts';
import { workMeter } from './work-meter.ts';
import { LogDamaged, StoreUnavailable } from '../store/event-store.ts';
import { say, type Text } from '../messages/message.ts';
import { Told, toldBy } from '../messages/told.ts';

/**
 * On an empty log, or after an import that was cut short, the directive is imported; otherwise nothing happens.
 * `onWork` hears that there is something to do. It resolves once the views hold what was imported, or have halted.
 */
const seedOnce = async (duban: Duban, logger: Logger, onWork: () => void): Promise<void> => {
  const { state } = await duban.handler.load(directiveFolding, directiveStream(SEED_DIRECTIVE));
  const resumes = state.status === 'importing';
  if (!resumes && duban.services.store.head().position > 0) return;
  if (duban.services.ledger.contradicted()) return; // the log is not empty: it was lost
  onWork();
  logger.info(`${resumes ? 'an import was cut short: going on with' : 'the log is empty: importing'} the directive in seed/`);
  const outcome = await seed(
    duban.handler,
    { actor: { sub: 'seed', role: 'system' }, receivedAt: duban.clock.now() },
    { attachments: duban.services.attachments, onAdvance: workMeter(say('cli.importing')) },
  );
  if (!outcome.ok) throw new Told(say('cli.seed-refused', { why: outcome.refusal.detail }));
  logger.info(`imported ${SEED_DIRECTIVE}: ${outcome.imported.events.length} events`);
  await duban.projector.caughtUp().catch(() => undefined); // a halt says for itself why
};

export type Seeding = {
  /** Why the directive is not in yet, where it may still be missing. */
  readonly pending: () => Text | undefined;
  /** The same while it is being imported, or may be about to be: then what can be read is not what it is going to be. */
  readonly importing: () => Text | undefined;
  /** Gives up what is not done. */
  readonly stop: () => void;
  /** Resolves when it is over, whatever came of it. */
  readonly ended: Promise<void>;
  /** Rejects where it failed for good. */
  readonly failed: Promise<never>;
};

const POLL_MILLIS = 50;
const RETRY_MILLIS = 1_000;

/**
 * Goes on beside the server, which listens already. On a cluster whether the log is empty shows only once the mirror has
 * caught up with it, and several replicas may do it at the same time: each step finds what another has done.
 */
export const startSeeding = (duban: Duban, logger: Logger): Seeding => {
  const stopping = new AbortController();
  const { signal } = stopping;
  const failed = Promise.withResolvers<never>();
  failed.promise.catch(() => undefined);
  let pending: Text | undefined = say('cli.log-empty-not-known');
  let isImporting = duban.caughtUp() || duban.services.store.head().position === 0;

  const pause = async (millis: number): Promise<void> => {
    await sleep(millis, undefined, { signal }).catch(() => undefined); // it rejects for the signal alone, which the caller asks
  };

  const begin = (): void => {
    isImporting = true;
    pending = say('cli.seed-being-imported');
  };

  const run = async (): Promise<void> => {
    while (!duban.caughtUp() && !signal.aborted) await pause(POLL_MILLIS);
    while (!signal.aborted)
      try {
        await seedOnce(duban, logger, begin);
        pending = undefined;
        return;
      } catch (error) {
        if (signal.aborted) return;
        pending = toldBy(error);
        logger.error(error, 'the directive is not imported');
        // What is known is still served, and nothing added: whoever restores the log starts again.
        if (error instanceof LogDamaged) return;
        if (!(error instanceof StoreUnavailable)) {
          failed.reject(error);
          return;
        }
        await pause(RETRY_MILLIS);
      }
  };

  return {
    pending: () => pending,
    importing: () => (isImporting ? pending : undefined),
    stop: () => stopping.abort(),
    ended: run().finally(() => {
      isImporting = false;
    }),
    failed: failed.promise,
  };
};
