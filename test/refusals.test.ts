import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'tap';
import { problemTypes } from '../src/http/problems.ts';

/** No refusal is dead: each can be given by a rule or a route, and a test has seen it given. */

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const textOf = (pattern: string, ...except: readonly string[]): string =>
  globSync(pattern, { cwd: ROOT })
    .filter((path) => !except.includes(path))
    .map(read)
    .join('\n');

const UNION = 'src/kernel/refusal.ts';
const TABLE = 'src/http/problems.ts';
const refusals = [...read(UNION).matchAll(/^ {2}\| '([a-z-]+)'/gmu)].map(([, code = '']) => code);

const quoted = (text: string): readonly string[] => [...text.matchAll(/'([a-z-]+)'/gu)].map(([, code = '']) => code);

/**
 * Where the source gives a problem, it is the first argument: of a decider's `reject`, of a route's `problem`; or the
 * member of a refusal.
 */
const given = new Set(
  [...textOf('src/**/*.ts', UNION, TABLE).matchAll(/\b(?:reject|problem|fieldProblem|Problem)\([^,()]*[,)]|\bcode: '[a-z-]+'/gu)].flatMap(
    ([call]) => quoted(call),
  ),
);
/** What tests of rules and of the application name; those of the HTTP kit alone have a domain that is made up. */
const tests = textOf('test/!(http)/**/*.test.ts');
const seen = (code: string): boolean => new RegExp(String.raw`(?<![\w-])${code}(?![\w-])`, 'u').test(tests);

await test('every refusal of the domain can be given', async (t) => {
  t.ok(refusals.length > 50);
  t.same(
    refusals.filter((code) => !given.has(code)),
    [],
  );
});

await test('every refusal of the domain is seen given by some test', async (t) =>
  t.same(
    refusals.filter((code) => !seen(code)),
    [],
  ));

await test('nor has a problem of the transport a page for nothing', async (t) => {
  const named = new Set(quoted(textOf('src/**/*.ts', UNION, TABLE)));
  t.same(
    Object.keys(problemTypes).filter((code) => !refusals.includes(code) && !named.has(code)),
    [],
  );
});
