import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startServer } from '../support/process.ts';
import { commandsIn, run, withAnswers } from './transcript.ts';

/** `npm run docs:tour`: runs the commands that README.md shows against a new server, and writes down what they answered. */

const PAGE = fileURLToPath(new URL('../../README.md', import.meta.url));
const SECTIONS = /^## (?:Five minutes|An auditor)\n.*?(?=^## )/gmsu;

const dir = mkdtempSync(join(tmpdir(), 'duban-tour-'));
const ends: (() => unknown)[] = [];
const teardown = (end: () => unknown): void => void ends.push(end);
try {
  const dataDir = join(dir, 'data');
  const { url } = await startServer({ teardown }, dataDir);
  const page = readFileSync(PAGE, 'utf8');
  const commands = commandsIn(page, SECTIONS).map((command) => command.replace('http://127.0.0.1:3000', url));
  writeFileSync(PAGE, withAnswers(page, SECTIONS, run(commands, dir, { HOME: dir, DATA_DIR: dataDir })));
} finally {
  for (const end of ends) await end();
  rmSync(dir, { recursive: true, force: true });
}
