import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startServer } from '../support/process.ts';
import { commandsIn, run, withAnswers } from './transcript.ts';

/** The ten minutes of docs/documents.md: a stranger's notice, from its file to a directive, against a new server. */

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const PAGE = join(ROOT, 'docs/documents.md');
const SECTION = /^## Ten minutes\n.*?(?=^## )/gmsu;

/** The page as it stands, and with what the commands answer now. */
export const recorded = async (): Promise<{ readonly page: string; readonly now: string }> => {
  const dir = mkdtempSync(join(tmpdir(), 'duban-ten-minutes-'));
  const ends: (() => unknown)[] = [];
  try {
    const dataDir = join(dir, 'data');
    const { url } = await startServer({ teardown: (end) => void ends.push(end) }, dataDir, { SEED: 'none' });
    const page = readFileSync(PAGE, 'utf8');
    const commands = commandsIn(page, SECTION).map((command) =>
      command.replace('http://127.0.0.1:3000', url).replace('/tmp/qinghe-look', join(dir, 'look')).replace('/tmp/qinghe', dataDir),
    );
    return { page, now: withAnswers(page, SECTION, await run(commands, ROOT, { HOME: dir })) };
  } finally {
    for (const end of ends) await end();
    rmSync(dir, { recursive: true, force: true });
  }
};
