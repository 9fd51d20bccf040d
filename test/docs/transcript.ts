import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** Pages that show commands and what they answered: which these are, and the page with other answers. Takes bash, curl and jq. */

const CLI = fileURLToPath(new URL('../../src/main/cli.ts', import.meta.url));

/** How commands and answers are written in a fenced block: as shell with comments, or as a transcript with prompts. */
type Style = { readonly isCommand: (line: string) => boolean; readonly prompt: string; readonly answer: string };
const SHELL: Style = { isCommand: (line) => line !== '' && !line.startsWith('#'), prompt: '', answer: '# ' };
const TRANSCRIPT: Style = { isCommand: (line) => line.startsWith('$ '), prompt: '$ ', answer: '' };
const styleOf = (language: string | undefined): Style => (language === 'sh' ? SHELL : TRANSCRIPT);

const BLOCK = /^```(sh)?\n(.*?)^```$/gmsu;

/** The page with each block of the sections changed. */
const mapBlocks = (page: string, sections: RegExp, change: (style: Style, lines: readonly string[]) => readonly string[]): string =>
  page.replaceAll(sections, (section) =>
    section.replaceAll(BLOCK, (_, language: string | undefined, body: string) => {
      const lines = change(styleOf(language), body.split('\n').slice(0, -1));
      return `\`\`\`${language ?? ''}\n${lines.join('\n')}\n\`\`\``;
    }),
  );

export const commandsIn = (page: string, sections: RegExp): readonly string[] => {
  const found: string[] = [];
  mapBlocks(page, sections, (style, lines) => {
    found.push(...lines.filter(style.isCommand).map((line) => line.slice(style.prompt.length)));
    return lines;
  });
  return found;
};

export const withAnswers = (page: string, sections: RegExp, answers: readonly string[]): string => {
  let next = 0;
  return mapBlocks(page, sections, (style, lines) =>
    lines.flatMap((line, index) => {
      if (!style.isCommand(line)) return line === '' && index < lines.length - 1 ? [line] : [];
      const answer = (answers[next] ?? '').trimEnd();
      next += 1;
      return [line, ...(answer === '' ? [] : answer.split('\n').map((text) => `${style.answer}${text}`.trimEnd()))];
    }),
  );
};

/** The program that is missing to run such pages; undefined where all are there. */
export const missing = (): string | undefined =>
  ['bash', 'curl', 'jq'].find((program) => spawnSync(program, ['--version'], { stdio: 'ignore' }).status !== 0);

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

const execute = promisify(execFile);

/**
 * What each command answers, in one shell after the other.
 * @throws Error  the shell failed, or jq could not read what came
 */
export const run = async (commands: readonly string[], dir: string, env: Readonly<Record<string, string>>): Promise<readonly string[]> => {
  const script = [
    `npm() { ${quoted(process.execPath)} ${quoted(CLI)} "\${@:5}"; }`, // npm run -s duban -- <command>
    ...commands.map((command) => `eval ${quoted(command)}; printf '\\0'`),
  ].join('\n');
  const { stdout, stderr } = await execute('bash', ['-c', script], {
    cwd: dir,
    env: { ...process.env, LC_ALL: '', LANG: 'C.UTF-8', ...env },
  });
  if (/^jq: /mu.test(stderr)) throw new Error(`the commands failed: ${stderr}${stdout}`);
  return stdout.split('\0').slice(0, -1);
};
