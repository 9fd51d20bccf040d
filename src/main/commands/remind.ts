import { Failed, options, print, tell, UsageError, type Command } from './kit.ts';
import { untilCaughtUp, withDuban } from './open.ts';
import { say } from '../../messages/message.ts';

/** What a person has to look after, and what is said of it. */
const SENTENCES = {
  unknown: 'cli.reminders-may-have-gone',
  failed: 'cli.reminders-did-not-go',
  'no-address': 'cli.reminders-have-no-address',
} as const;
const PERSON_NEEDED = ['unknown', 'failed', 'no-address'] as const;

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
    const needing = PERSON_NEEDED.flatMap((result) => {
      const count = reminded.filter((each) => each.result === result).length;
      return count === 0 ? [] : [say(SENTENCES[result], { count })];
    });
    for (const each of needing) tell(each);
    return needing.length === 0 ? 0 : 3;
  });
};
