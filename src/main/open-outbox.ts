import { LATEST_MILLIS } from '../application/reminders/remind.ts';
import type { Clock } from '../kernel/clock.ts';
import { dataFiles } from '../kernel/data-files.ts';
import { openOutbox, type Outbox } from '../store/outbox.ts';
import { CannotOpen } from './cannot-open.ts';
import { say } from '../messages/message.ts';

/**
 * What this installation hands on.
 * @throws CannotOpen  the file is no outbox
 */
export const openOwnOutbox = (dataDir: string, clock: Clock): Outbox => {
  const { outboxQueue } = dataFiles(dataDir);
  try {
    return openOutbox(outboxQueue, () => clock.now().epochMilliseconds, LATEST_MILLIS);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CannotOpen(say('cli.outbox-cannot-be-opened', { path: outboxQueue, why }), { cause: error });
  }
};
