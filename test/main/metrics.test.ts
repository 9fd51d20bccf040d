import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { test } from 'tap';
import { problemTypes } from '../../src/http/problems.ts';
import { openWorld, type World } from '../support/app.ts';

/** What is measured, and the alarms that are suggested, by Prometheus' own tool. */

const ALERTS = fileURLToPath(new URL('../../docs/alerts.yml', import.meta.url));
const promtool = (args: readonly string[], input?: string) => spawnSync('promtool', args, { encoding: 'utf8', input });
const absent = spawnSync('promtool', ['--version']).error === undefined ? false : 'promtool is missing: Debian package prometheus';

const metricsOf = async (world: World): Promise<string> => (await world.admin.get('/metrics')).text;
const valueOf = (metrics: string, series: string): number | undefined => {
  const line = metrics.split('\n').find((each) => each.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
};

await test('refusals are counted by their code, and tokens that were not good', async (t) => {
  const world = await openWorld(t, { seeded: false });
  const before = await metricsOf(world);
  for (const code of Object.keys(problemTypes)) t.type(valueOf(before, `duban_refusals_total{code="${code}"}`), 'number', code);
  const count = async (series: string): Promise<number> => valueOf(await metricsOf(world), series) ?? NaN;
  const unknown = await count('duban_refusals_total{code="unit-unknown"}');
  const bad = await count('duban_auth_token_failures_total');
  await world.office.get('/v1/units/nobody');
  await world.nobody.get('/v1/units');
  await world.nobody.get('/v1/units', { authorization: 'Bearer not.a.token' });
  t.equal(await count('duban_refusals_total{code="unit-unknown"}'), unknown + 1);
  t.equal(await count('duban_auth_token_failures_total'), bad + 1, 'where none was sent, none failed');
  t.ok((await count('duban_refusals_total{code="unauthenticated"}')) >= 2);
});

await test('how long nobody has vouched for the log is told without witnesses too, and so are rebuilds', async (t) => {
  const world = await openWorld(t);
  const metrics = await metricsOf(world);
  t.equal(valueOf(metrics, 'duban_ledger_witnessed'), 0);
  for (const name of ['duban_ledger_unanchored_seconds', 'duban_views_rebuilds_total', 'duban_views_rebuilding'])
    t.type(valueOf(metrics, name), 'number', name);
  await world.duban().projector.rebuild();
  t.equal(valueOf(await metricsOf(world), 'duban_views_rebuilds_total'), (valueOf(metrics, 'duban_views_rebuilds_total') ?? 0) + 1);
});

await test('Prometheus finds nothing to say against the metrics', { skip: absent }, async (t) => {
  const world = await openWorld(t);
  const { status, stdout, stderr } = promtool(['check', 'metrics'], await metricsOf(world));
  t.equal(status, 0, stdout + stderr);
  t.not(promtool(['check', 'metrics'], 'a_counter 1\na_counter 1\n').status, 0, 'and would have');
});

await test('the suggested alarms are rules, of metrics that there are', { skip: absent }, async (t) => {
  const { status, stdout, stderr } = promtool(['check', 'rules', ALERTS]);
  t.equal(status, 0, stdout + stderr);
});
