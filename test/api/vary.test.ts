import { test } from 'tap';
import { OWN, REPORT } from '../support/acts.ts';
import { ACTS_AT } from '../support/acts.ts';
import { openWorld, type Answer, type Client, type Headers } from '../support/app.ts';
import { documentOf } from '../support/openapi.ts';
import { prepareThings, reads } from '../support/reads.ts';

/** What an answer hangs on, it says in `Vary`: a cache between would otherwise give one reader what another was given. */

const namedBy = ({ headers }: Pick<Answer, 'headers'>): readonly string[] =>
  (headers['vary'] ?? '').split(',').map((name) => name.trim().toLowerCase());

/** Of an answer what does not hang on the moment of asking. */
const sent = ({ status, text, headers }: Answer): string =>
  JSON.stringify([
    status,
    headers['content-type'],
    headers['content-language'],
    headers['content-disposition'],
    text.replace(/,"basis":\{[^}]*\}/u, '').replace(/"next":"[^"]*"/u, ''),
  ]);

await test('every answer names in Vary what of the request it hangs on, and a refusal too', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  const things = await prepareThings(world);
  const { paths } = await documentOf(world);
  const differing = { accept: new Set<string>(), language: new Set<string>() };
  for (const [route, { url, who }] of Object.entries(reads)) {
    const [method = '', path = ''] = route.split(' ');
    if (method !== 'GET') continue;
    const given = Object.keys(paths[path]?.['get']?.responses?.['200']?.content ?? {}).filter((type) => type !== 'text/event-stream');
    const client: Client = who === 'open' ? world.nobody : who === 'admin-or-loopback' ? world.admin : world.office;
    const ask = (headers: Headers) => client.get(typeof url === 'string' ? url : url(things), headers);
    const refused = await ask({ accept: 'image/none' });
    const inEach = [];
    for (const accept of new Set(['application/json', 'text/html', ...given])) {
      const english = await ask({ accept, 'accept-language': 'en' });
      const chinese = await ask({ accept, 'accept-language': 'zh-CN' });
      inEach.push({ accept, english });
      // What differs from one time to the next, as a workbook does by when it was packed, tells nothing.
      if (sent(english) === sent(chinese) || sent(english) !== sent(await ask({ accept, 'accept-language': 'en' }))) continue;
      differing.language.add(route);
      for (const answer of [english, chinese])
        t.ok(namedBy(answer).includes('accept-language'), `${route} ${accept}: ${answer.headers['vary']}`);
    }
    const types = new Set([refused, ...inEach.map(({ english }) => english)].map(({ headers }) => headers['content-type']));
    if (types.size > 1) {
      differing.accept.add(route);
      for (const answer of [refused, ...inEach.map(({ english }) => english)])
        t.ok(namedBy(answer).includes('accept'), `${route} ${answer.status}: ${answer.headers['vary']}`);
    }
    if (who === 'open') continue;
    const nobody = await world.nobody.get(typeof url === 'string' ? url : url(things));
    for (const answer of [nobody, refused, ...inEach.map(({ english }) => english)])
      t.ok(namedBy(answer).includes('authorization'), `${route} ${answer.status}: ${answer.headers['vary']}`);
  }
  for (const route of ['GET /v1/tasks', 'GET /v1/directives/{id}/briefing', 'GET /v1/log/events', 'GET /problems'])
    t.ok(differing.accept.has(route), `${route} is given in several forms`);
  for (const route of ['GET /v1/tasks', 'GET /v1/directives/{id}/findings', 'GET /problems', 'GET /openapi.json'])
    t.ok(differing.language.has(route), `${route} is given in both languages`);
});

await test('a command whose answer says in words what became of each part names the language', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  const body = { period: '2023-02', entries: [{ task: 'unheard-of', ...REPORT }] };
  for (const [accepted, language] of [
    ['en', 'en'],
    ['zh', 'zh-CN'],
  ] as const)
    t.match(await world.unit(OWN).post('/v1/returns', body, { 'accept-language': accepted }), {
      headers: { 'content-language': language, vary: 'authorization, accept-language' },
    });
});
