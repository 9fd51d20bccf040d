import { hostname } from 'node:os';
import { startDelivering } from '../application/subscriptions/deliver.ts';
import { startTimer } from '../application/reminders/timer.ts';
import type { RetrySchedule } from '../application/subscriptions/schedule.ts';
import type { Measure } from '../kernel/measure.ts';
import { createGuard } from '../sending/addresses.ts';
import { createPost } from '../sending/post.ts';
import type { Config } from './config.ts';
import type { Duban } from './duban.ts';

/** What a server sends of its own accord. A command of the CLI sends nothing but what it is told to. */

/** Unless REMIND_EVERY says otherwise. */
const REMIND_SECONDS = 300;

export type Sending = { readonly measures: readonly Measure[]; readonly stop: () => Promise<void> };

export const startSending = (options: {
  readonly duban: Duban;
  readonly config: Pick<Config, 'webhookAllow' | 'smtpUrl' | 'remindEvery'>;
  /** Nothing is sent before all is there. */
  readonly isStarting: () => boolean;
  readonly onWarning: (message: string) => void;
  /** The default unless given. */
  readonly retries?: RetrySchedule;
}): Sending => {
  const { duban, config, isStarting, onWarning, retries } = options;
  const { services, outbox, clock } = duban;
  const { store, views, sightOf, behind, singleWriter } = services;
  const { post, close } = createPost(createGuard(config.webhookAllow ?? []), () => clock.now().epochMilliseconds);
  const isBehind = (): boolean => isStarting() || behind() !== undefined;
  const every = config.remindEvery ?? (config.smtpUrl === undefined ? undefined : REMIND_SECONDS);
  const timer = startTimer({
    reminders: services.reminders,
    everyMillis: every === undefined || !services.reminders.canSend ? undefined : every * 1000,
    isBehind,
    onWarning,
  });
  const delivering = startDelivering({
    outbox,
    store,
    viewed: views.position,
    carriesAt: (position) => (unit, task) => sightOf(unit, position).mayRead(task),
    isBehind,
    singleWriter,
    sender: `${hostname()} ${process.pid}`,
    clock,
    post,
    ...(retries === undefined ? {} : { retries }),
    onWarning,
  });
  return {
    measures: [...delivering.measures, ...timer.measures],
    stop: async () => {
      close();
      await timer.stop();
      await delivering.stop();
    },
  };
};
