import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startServer } from '../support/process.ts';

/**
 * `npm run docs:tour`: runs the commands that README.md shows against a new server, and writes down what they answered.
 * Takes bash, curl and jq.
 */

const PAGE = fileURLToPath(new URL('../../README.md', import.meta.url));
const CLI = fileURLToPath(new URL('../../src/main/cli.ts', import.meta.url));

/** How commands and answers are written in a fenced block: as shell with comments, or as a transcript with prompts. */
type Style = { readonly isCommand: (line: string) => boolean; readonly prompt: string; readonly answer: string };
const SHELL: Style = { isCommand: (line) => line !== '' && !line.startsWith('#'), prompt: '', answer: '# ' };
const TRANSCRIPT: Style = { isCommand: (line) => line.startsWith('$ '), prompt: '$ ', answer: '' };
const styleOf = (language: string | undefined): Style => (language === 'sh' ? SHELL : TRANSCRIPT);

const SECTIONS = /^## (?:Five minutes|An auditor)\n.*?(?=^## )/gmsu;
const BLOCK = /^```(sh)?\n(.*?)^```$/gmsu;

/** The page with each block of the tour changed. */
const mapBlocks = (page: string, change: (style: Style, lines: readonly string[]) => readonly string[]): string =>
  page.replaceAll(SECTIONS, (section) =>
    section.replaceAll(BLOCK, (_, language: string | undefined, body: string) => {
      const lines = change(styleOf(language), body.split('\n').slice(0, -1));
      return `\`\`\`${language ?? ''}\n${lines.join('\n')}\n\`\`\``;
    }),
  );

const commandsIn = (page: string): readonly string[] => {
  const found: string[] = [];
  mapBlocks(page, (style, lines) => {
    found.push(...lines.filter(style.isCommand).map((line) => line.slice(style.prompt.length)));
    return lines;
  });
  return found;
};

const withAnswers = (page: string, answers: readonly string[]): string => {
  let next = 0;
  return mapBlocks(page, (style, lines) =>
    lines.flatMap((line, index) => {
      if (!style.isCommand(line)) return line === '' && index < lines.length - 1 ? [line] : [];
      const answer = (answers[next] ?? '').trimEnd();
      next += 1;
      return [line, ...(answer === '' ? [] : answer.split('\n').map((text) => `${style.answer}${text}`.trimEnd()))];
    }),
  );
};

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** What each command answers, in one shell after the other. A checkpoint covers the newest events within ten seconds. */
const run = (commands: readonly string[], dir: string, env: Readonly<Record<string, string>>): readonly string[] => {
  const script = [
    `npm() { ${quoted(process.execPath)} ${quoted(CLI)} "\${@:5}"; }`, // npm run -s duban -- <command>
    ...commands.map((command) => `${command.includes('/ledger/') ? 'sleep 11; ' : ''}eval ${quoted(command)}; printf '\\0'`),
  ].join('\n');
  const { stdout, stderr, status } = spawnSync('bash', ['-c', script], { cwd: dir, env: { ...process.env, ...env }, encoding: 'utf8' });
  if (status !== 0) throw new Error(`the tour failed: ${stderr}`);
  return stdout.split('\0').slice(0, -1);
};

const dir = mkdtempSync(join(tmpdir(), 'duban-tour-'));
const ends: (() => unknown)[] = [];
const teardown = (end: () => unknown): void => void ends.push(end);
try {
  const dataDir = join(dir, 'data');
  const { url } = await startServer({ teardown }, dataDir);
  const page = readFileSync(PAGE, 'utf8');
  const commands = commandsIn(page).map((command) => command.replace('http://127.0.0.1:3000', url));
  writeFileSync(PAGE, withAnswers(page, run(commands, dir, { HOME: dir, DATA_DIR: dataDir })));
} finally {
  for (const end of ends) await end();
  rmSync(dir, { recursive: true, force: true });
}
