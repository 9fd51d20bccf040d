import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Test } from 'tap';
import { startMailbox } from '../../reminders/mailbox.ts';
import { temporaryDir } from '../../support/app.ts';
import { startServer } from '../../support/process.ts';
import { hasFaketime, NO_FAKETIME, setClock } from '../../support/set-clock.ts';
import { commandsIn, missing as missingProgram, run, withAnswers } from '../transcript.ts';

/** The month of docs/office.md, against a new service whose clock stands where its headings say, and a mail server. */

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
export const PAGE = join(ROOT, 'docs/office.md');
const MONTH = /^## A month\n.*?(?=^## )/gmsu;
/** A day of it: `### 11 January, 09:00. The notice comes in`. */
const DAY = /^### (?<day>\d+) (?<month>January|February), (?<time>\d\d:\d\d)\. .*?(?=^### |^## |(?![^]))/gmsu;
const MONTHS: Readonly<Record<string, number>> = { January: 1, February: 2 };

/** What is missing to run it; undefined where all is there. */
export const missing = (): string | undefined => {
  const program = missingProgram();
  if (program !== undefined) return `${program} is not installed (Debian: ${program})`;
  return hasFaketime() ? undefined : NO_FAKETIME;
};

/** In the shell: the clock of the service, and of what runs in the shell, is there from now on. */
const turnClock = (file: string, { month = '', day = '', time = '' }: Readonly<Record<string, string>>): string => {
  const wanted = Date.parse(`2023-0${MONTHS[month] ?? ''}-${day.padStart(2, '0')}T${time}:00+08:00`) / 1000;
  return `printf '%d\\n' $((${wanted} - $(date +%s))) > ${file}`;
};

/** Programs of ours see that clock; bash, curl and jq do not, for libfaketime does not bear that many at once. */
const onClock = (library: string): string =>
  `eval "$(declare -f npm | sed '1s/npm/plain_npm/')"; npm() { LD_PRELOAD=${library} plain_npm "$@"; }; ` +
  `node() { LD_PRELOAD=${library} command node "$@"; }`;

/** Until as many mails as the page says have been sent and noted, half a minute at most. */
const UNTIL_REMINDED = 'for i in $(seq 150); do [ "$(call GET "/v1/reminders?status=sent" | jq .total)" = 3 ] && break; sleep 0.2; done';

export type Month = {
  /** The page as it stands, and with what the commands answer now. */
  readonly page: string;
  readonly now: string;
  /** Where the files are that they have fetched. */
  readonly dir: string;
};

export const playedMonth = async (t: Pick<Test, 'teardown'>): Promise<Month> => {
  const dir = temporaryDir(t);
  const box = await startMailbox(t);
  const clock = setClock(t);
  const { LD_PRELOAD: library = '', ...faked } = clock.env;
  const file = faked['FAKETIME_TIMESTAMP_FILE'] ?? '';
  const page = readFileSync(PAGE, 'utf8');
  const section = MONTH.exec(page)?.[0] ?? '';
  const days = [...section.matchAll(DAY)];
  if (days[0]?.groups === undefined) throw new Error('the month has no days');
  clock.offBy(Math.round((Date.parse('2023-01-11T09:00:00+08:00') - Date.now()) / 1000));
  const { url } = await startServer({ teardown: t.teardown.bind(t) }, join(dir, 'data'), {
    ...clock.env,
    SEED: 'none',
    SMTP_URL: `${box.url}?tls=optional`,
    MAIL_FROM: 'duban@smx.example.cn',
    REMIND_EVERY: '1s',
  });
  const inPlace = (command: string): string => command.replace('http://127.0.0.1:3000', url).replaceAll('/tmp/month', dir);
  const commands = days.flatMap(({ 0: text, groups = {} }) =>
    commandsIn(text, /^.*$/gsu).map((command, index) => {
      const waits = command.includes('/v1/reminders?') ? `${UNTIL_REMINDED}; ` : '';
      return `${index === 0 ? `${turnClock(file, groups)}; ` : ''}${waits}${inPlace(command)}`;
    }),
  );
  return {
    page,
    now: withAnswers(page, MONTH, await run(commands.with(0, `${onClock(library)}; ${commands[0] ?? ''}`), ROOT, { ...faked, HOME: dir })),
    dir,
  };
};
