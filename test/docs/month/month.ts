import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Test } from 'tap';
import { startMailbox } from '../../reminders/mailbox.ts';
import { temporaryDir } from '../../support/app.ts';
import { startServer } from '../../support/process.ts';
import { hasFaketime, NO_FAKETIME, setClock } from '../../support/set-clock.ts';
import { commandsIn, missing as missingProgram, run, withAnswers } from '../transcript.ts';

/** The month of docs/office.md, in each of its languages: against a new service whose clock its commands turn, and a mail server. */

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** A page, and what of it is typed in the terminal of the clerk. */
export type Page = { readonly path: string; readonly month: RegExp };
export const ENGLISH: Page = { path: join(ROOT, 'docs/office.md'), month: /^### 11 January.*?(?=^## )/gmsu };
export const CHINESE: Page = { path: join(ROOT, 'docs/office.zh-CN.md'), month: /^### 1 月 11 日.*?(?=^## )/gmsu };

/** What is missing to run it; undefined where all is there. */
export const missing = (): string | undefined => {
  const program = missingProgram();
  if (program !== undefined) return `${program} is not installed (Debian: ${program})`;
  return hasFaketime() ? undefined : NO_FAKETIME;
};

export const textOf = ({ path }: Page): string => readFileSync(path, 'utf8');

export const typedIn = (page: Page): readonly string[] => commandsIn(textOf(page), page.month);

export type Month = {
  /** What the commands of the English page answer now; those of the Chinese page are the same. */
  readonly answers: readonly string[];
  /** Where the files are that they have fetched. */
  readonly dir: string;
};

export const answered = (page: Page, { answers }: Month): string => withAnswers(textOf(page), page.month, answers);

export const playedMonth = async (t: Pick<Test, 'teardown'>): Promise<Month> => {
  const dir = temporaryDir(t);
  const box = await startMailbox(t);
  const clock = setClock(t);
  clock.offBy(Math.round((Date.parse('2023-01-11T09:00:00+08:00') - Date.now()) / 1000));
  const { url } = await startServer({ teardown: t.teardown.bind(t) }, join(dir, 'data'), {
    ...clock.env,
    SEED: 'none',
    SMTP_URL: `${box.url}?tls=optional`,
    MAIL_FROM: 'duban@smx.example.cn',
    REMIND_EVERY: '1s',
  });
  const { LD_PRELOAD: _, ...shell } = clock.env; // of the shell only what its commands start sees that clock
  const commands = typedIn(ENGLISH).map((command) => command.replace('http://127.0.0.1:3000', url).replaceAll('/tmp/month', dir));
  return { answers: await run(commands, ROOT, { ...shell, HOME: dir }), dir };
};
