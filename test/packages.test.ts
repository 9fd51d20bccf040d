import { readFileSync } from 'node:fs';
import { test } from 'tap';

/** What is installed is what was tried: exact versions, each pinned by its hash, on every platform, from any registry. */

type Versions = Readonly<Record<string, string>>;
type Package = {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly inBundle?: boolean;
  readonly optionalDependencies?: Versions;
};
type Manifest = { readonly dependencies: Versions; readonly devDependencies: Versions; readonly optionalDependencies: Versions };
type Lock = { readonly packages: Readonly<Record<string, Package>> };

const json = (path: string): unknown => JSON.parse(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8'));
// The shapes are those that npm gives its files.
const manifest = json('package.json') as Manifest;
const { packages } = json('package-lock.json') as Lock;
const installed = Object.entries(packages).filter(([path]) => path !== '');
/** The makers of clients have a TypeScript of their own, and so a manifest and a lock. */
const makers = json('test/api-clients/package.json') as Manifest;
const makersInstalled = Object.entries((json('test/api-clients/package-lock.json') as Lock).packages).filter(([path]) => path !== '');

await test('every dependency is pinned to one version', async (t) => {
  const named = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };
  t.same(
    [...Object.entries(named), ...Object.entries(makers.devDependencies)].filter(([, version]) => !/^\d+\.\d+\.\d+$/u.test(version)),
    [],
  );
});

await test('the lock file has a hash for each package, and names no registry', async (t) => {
  t.ok(installed.length > 100);
  const paths = (found: typeof installed): readonly string[] => found.map(([path]) => path);
  for (const all of [installed, makersInstalled]) {
    t.same(paths(all.filter(([, { integrity, inBundle }]) => integrity === undefined && inBundle !== true)), []);
    t.same(paths(all.filter(([, { resolved }]) => resolved !== undefined)), []);
  }
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
