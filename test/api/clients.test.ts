import { execFile } from 'node:child_process';
import { cpSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { test } from 'tap';
import { openWorld, temporaryDir } from '../support/app.ts';
import { documentOf } from '../support/openapi.ts';

/**
 * What others make of the document: two linters find nothing in it, and the clients that three makers generate compile in
 * strict mode, together with programs that use them. The tools need a TypeScript of their own (test/api-clients).
 */

const TOOLS = fileURLToPath(new URL('../api-clients', import.meta.url));
const skip = existsSync(join(TOOLS, 'node_modules')) ? false : 'the makers of clients are not installed: npm run clients:install';

const run = promisify(execFile);
const QUIET = { REDOCLY_TELEMETRY: 'off', DO_NOT_TRACK: '1', SCARF_ANALYTICS: 'false', NO_COLOR: '1' };

/** What a tool says where it fails, on either stream. */
const saidBy = async (cwd: string, tool: string, ...args: readonly string[]): Promise<string> => {
  try {
    const { stdout } = await run(process.execPath, [join(TOOLS, 'node_modules', '.bin', tool), ...args], {
      cwd,
      env: { ...process.env, ...QUIET },
      maxBuffer: 64 * 1024 * 1024,
    });
    return stdout;
  } catch (error) {
    const { stdout, stderr } = error as { readonly stdout: string; readonly stderr: string }; // what execFile rejects with
    throw new Error(`${tool} ${args.join(' ')}\n${stdout.slice(-4000)}\n${stderr.slice(-4000)}`, { cause: error });
  }
};

await test('the document is clean, and clients made from it compile', { skip }, async (t) => {
  const world = await openWorld(t, { seeded: false });
  const dir = temporaryDir(t);
  const path = join(dir, 'openapi.json');
  writeFileSync(path, JSON.stringify(await documentOf(world), null, 1));
  await world.close();

  const linted = JSON.parse(await saidBy(dir, 'redocly', 'lint', '--extends', 'recommended', '--format', 'json', path)) as {
    readonly problems: readonly { readonly message: string }[];
  }; // the shape that redocly prints
  t.same(
    linted.problems.map(({ message }) => message),
    [],
    'by the rules that redocly recommends',
  );
  await saidBy(dir, 'spectral', 'lint', '--ruleset', join(TOOLS, 'spectral.yaml'), '--fail-severity', 'hint', path);
  t.pass('by the rules that spectral recommends');

  await saidBy(dir, 'openapi-typescript', path, '--output', 'made/openapi-typescript.ts');
  await saidBy(dir, 'openapi-ts', '--input', path, '--output', 'made/hey-api');
  await saidBy(dir, 'orval', '--input', path, '--output', 'made/orval.ts', '--client', 'fetch');
  for (const name of ['use', 'tsconfig.json']) cpSync(join(TOOLS, name), join(dir, name), { recursive: true });
  t.equal(await saidBy(dir, 'tsc', '--project', dir), '', 'the clients and what uses them compile');
});
