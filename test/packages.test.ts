import { readFileSync } from 'node:fs';
import { test } from 'tap';

/** What is installed is what was tried: exact versions, each pinned by its hash, on every platform, from any registry. */

type Versions = Readonly<Record<string, string>>;
type Package = {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly optionalDependencies?: Versions;
};
type Manifest = { readonly dependencies: Versions; readonly devDependencies: Versions; readonly optionalDependencies: Versions };
type Lock = { readonly packages: Readonly<Record<string, Package>> };

const json = (path: string): unknown => JSON.parse(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8'));
// The shapes are those that npm gives its files.
const manifest = json('package.json') as Manifest;
const { packages } = json('package-lock.json') as Lock;
const installed = Object.entries(packages).filter(([path]) => path !== '');

await test('every dependency is pinned to one version', async (t) => {
  const named = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };
  t.same(
    Object.entries(named).filter(([, version]) => !/^\d+\.\d+\.\d+$/u.test(version)),
    [],
  );
});

await test('the lock file has a hash for each package, and names no registry', async (t) => {
  t.ok(installed.length > 100);
  const paths = (found: typeof installed): readonly string[] => found.map(([path]) => path);
  t.same(paths(installed.filter(([, { integrity }]) => integrity === undefined)), []);
  t.same(paths(installed.filter(([, { resolved }]) => resolved !== undefined)), []);
});

await test('the lock file has what other platforms would install, which npm drops where a registry lacks it', async (t) => {
  const wanted = installed.flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).map((name) => ({ path, name })),
  );
  t.ok(wanted.length > 20);
  t.same(
    wanted.filter(
      ({ path, name }) => packages[`node_modules/${name}`] === undefined && packages[`${path}/node_modules/${name}`] === undefined,
    ),
    [],
  );
});
