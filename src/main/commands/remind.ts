import { Failed, options, print, UsageError, type Command } from './kit.ts';
import { untilCaughtUp, withDuban } from './open.ts';
import { say } from '../../messages/message.ts';

/** Sends what is due, once; with `--dry-run` shows it. */
export const remindCommand: Command = async (args, config) => {
  const { values } = options(args, { due: { type: 'boolean', default: false }, 'dry-run': { type: 'boolean', default: false } });
  if (!values.due) throw new UsageError(say('cli.due-is-required'));
  const dry = values['dry-run'];
  if (!dry && config.smtpUrl === undefined) throw new Failed(say('cli.smtp-is-not-set'));
  return withDuban(config, async (duban) => {
    await untilCaughtUp(duban);
    await duban.projector.caughtUp();
    const reminded = await duban.services.reminders.run({ dry });
    for (const each of reminded) print(JSON.stringify(each));
    return reminded.some(({ result }) => result === 'unknown' || result === 'failed') ? 3 : 0;
  });
};
