import { globSync, readFileSync } from 'node:fs';
import tap, { test } from 'tap';
import { OF_STATES } from '../../src/api/shared/sheets.ts';
import { stateIn } from '../../src/messages/named.ts';
import { handTask, OWN } from '../support/acts.ts';
import { openWorld } from '../support/app.ts';
import { documentOf } from '../support/openapi.ts';

/** What stands how is said by one word in each language: in sheets, and in sentences. */

const ROOT = new URL('../../', import.meta.url);
const HAN = /\p{Script=Han}/u;

type Listed = { readonly field: string; readonly code: string; readonly place: string };

/** Values of closed lists, by the field that holds them. */
const listedIn = (value: unknown, place = ''): readonly Listed[] => {
  if (Array.isArray(value)) return value.flatMap((item, index) => listedIn(item, `${place}/${index}`));
  if (typeof value !== 'object' || value === null) return [];
  const here = Object.entries('properties' in value && typeof value.properties === 'object' ? { ...value.properties } : {}).flatMap(
    ([field, schema]: readonly [string, unknown]) => {
      if (!OF_STATES.has(field) || typeof schema !== 'object' || schema === null || !('enum' in schema) || !Array.isArray(schema.enum))
        return [];
      return schema.enum.filter((code) => typeof code === 'string').map((code) => ({ field, code, place: `${place}/${field}` }));
    },
  );
  return [...here, ...Object.entries(value).flatMap(([key, member]) => listedIn(member, `${place}/${key}`))];
};

const world = await openWorld(tap);

await test('every value of a closed list that a sheet may show has a word', async (t) => {
  const { components } = await documentOf(world);
  const listed = listedIn(components['schemas']);
  t.ok(listed.length > 100);
  t.same(
    listed.filter(({ code }) => !HAN.test(stateIn(code, 'zh'))).map(({ place, code }) => `${place}: ${code}`),
    [],
  );
  for (const { code } of listed) t.equal(stateIn(code, 'en'), code, 'in English it is called by its code');
  t.equal(stateIn('some-duty', 'zh'), 'some-duty', 'what is of no list stays as it is');
});

const SAID = /\bsay\(\s*'([^']+)',\s*\{([^}]*)\}/gu;
/** A state put into a sentence by its code: `status: task.status`, or `status` alone. */
const BY_ITS_CODE = /(?:^|[,{])\s*(?:\w+:\s*[\w.]+\.)?(?:status|state|kind|role|light)\s*(?=[,}]|$)/u;

const saidByCode = (text: string): readonly string[] =>
  [...text.matchAll(SAID)].flatMap(([, key = '', values = '']) => (BY_ITS_CODE.test(values) ? [key] : []));

await test('no sentence holds a state by its code', async (t) => {
  const paths = globSync('src/**/*.ts', { cwd: ROOT });
  t.same(
    paths.flatMap((path) => saidByCode(readFileSync(new URL(path, ROOT), 'utf8'))),
    [
      'verifying.answers-without-token',
      'verifying.answers',
      'store.anomaly',
      'cli.cluster-refuses',
      'cli.cluster-answers',
      'http.answers',
      'reminders.no-duty-of-the-directive',
    ],
    'a status of HTTP is a number, an anomaly of a cluster is looked up by its code, a duty is what the office calls it',
  );
  t.same(saidByCode("say('a.b', { n, state: plan.state })"), ['a.b']);
  t.same(saidByCode("say('a.b', { status })"), ['a.b']);
  t.same(saidByCode("say('a.b', { n, state: stateSaid(plan.state) })"), []);
});

await test('a refusal that names a state names it in the words of its reader', async (t) => {
  await world.office.post('/v1/tasks', handTask('told'));
  const { headers } = await world.office.get('/v1/tasks/told');
  const why = { reason: '任务取消', authority: '市长办公会纪要第3期' };
  await world.office.post('/v1/tasks/told/cancellation', why, { 'if-match': headers['etag'] ?? '' });
  const refused = (language: string) =>
    world.unit(OWN).post<{ readonly detail: string }>('/v1/tasks/told/acknowledgements', undefined, { 'accept-language': language });
  t.match(await refused('en'), { status: 409, body: { code: 'task-closed', detail: 'the task is cancelled' } });
  t.match(await refused('zh-CN'), { status: 409, body: { code: 'task-closed', detail: '任务的状态是“已撤销”' } });
});
