import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startServer } from '../support/process.ts';
import { commandsIn, run, withAnswers } from './transcript.ts';

/** The tour of the README, in each of its languages: each page against a new server of its own. */

type Page = { readonly name: string; readonly sections: RegExp };

export const PAGES: readonly Page[] = [
  { name: 'README.md', sections: /^## (?:Five minutes|An auditor)\n.*?(?=^## )/gmsu },
  { name: 'README.zh-CN.md', sections: /^## (?:五分钟走一遍|审计人员怎样核验)\n.*?(?=^## )/gmsu },
];

export const pathOf = ({ name }: Page): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));

/** The page as it stands, and with what the commands answer now. */
export const recorded = async (shown: Page): Promise<{ readonly page: string; readonly now: string }> => {
  const dir = mkdtempSync(join(tmpdir(), 'duban-tour-'));
  const ends: (() => unknown)[] = [];
  try {
    const dataDir = join(dir, 'data');
    const { url } = await startServer({ teardown: (end) => void ends.push(end) }, dataDir);
    const page = readFileSync(pathOf(shown), 'utf8');
    const commands = commandsIn(page, shown.sections).map((command) => command.replace('http://127.0.0.1:3000', url));
    return { page, now: withAnswers(page, shown.sections, await run(commands, dir, { HOME: dir, DATA_DIR: dataDir })) };
  } finally {
    for (const end of ends) await end();
    rmSync(dir, { recursive: true, force: true });
  }
};
