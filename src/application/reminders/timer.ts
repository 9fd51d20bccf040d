import type { Measure } from '../../kernel/measure.ts';
import type { Reminders } from './remind.ts';

/** Reminds every now and then, one run after the other. */

export type Timer = { readonly measures: readonly Measure[]; readonly stop: () => Promise<void> };

export const startTimer = (options: {
  readonly reminders: Reminders;
  /** Undefined: never. */
  readonly everyMillis: number | undefined;
  readonly isBehind: () => boolean;
  readonly onWarning: (message: string) => void;
}): Timer => {
  const { reminders, everyMillis, isBehind, onWarning } = options;
  const counts = { sent: 0, failed: 0, unknown: 0 };
  /** Told once, however often they are looked at. */
  const told = new Set<string>();
  let running: Promise<void> | undefined;
  const run = async (): Promise<void> => {
    try {
      for (const { id, result, heading } of await reminders.run({ dry: false })) {
        if (result !== 'sent' && result !== 'failed' && result !== 'unknown') continue;
        if (result === 'unknown' && told.has(id)) continue;
        if (result === 'unknown') told.add(id);
        counts[result] += 1;
        if (result !== 'sent') onWarning(`a reminder of ${heading.directive} to ${heading.unit ?? heading.to}: ${result}`);
      }
    } catch (error) {
      onWarning(`reminders could not be sent: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  const timer =
    everyMillis === undefined
      ? undefined
      : setInterval(() => {
          if (running !== undefined || isBehind()) return;
          running = run().finally(() => {
            running = undefined;
          });
        }, everyMillis).unref();
  return {
    measures: [
      { kind: 'counter', name: 'duban_reminders_sent_total', help: 'Reminders that the mail server has taken.', read: () => counts.sent },
      { kind: 'counter', name: 'duban_reminders_failed_total', help: 'Reminders that did not go.', read: () => counts.failed },
      {
        kind: 'counter',
        name: 'duban_reminders_unknown_total',
        help: 'Reminders that may have gone: a person decides.',
        read: () => counts.unknown,
      },
    ],
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
};
