import * as fc from 'fast-check';
import { test } from 'tap';
import { asPaper, handTask, OTHER, OWN, REPORT } from '../support/acts.ts';
import { openWorld, type Answer, type World } from '../support/app.ts';
import { prepareThings, reads } from '../support/reads.ts';

/** What a read is told to be unchanged, without being made again, is what it would be if it were made. */

const AT = '2023-04-10T09:00:00+08:00';
const WHY = { reason: '职责调整', authority: '纪要3号' } as const;

/** A year in which something of every kind happens at some hour: papers that came before the day on which all is recorded. */
const history = async (world: World): Promise<void> => {
  await prepareThings(world);
  const task = '/v1/tasks/mine';
  const whatever = { 'if-match': '*' };
  const paper = (receivedAt: string) => ({ basis: '来文', receivedAt: `${receivedAt}+08:00` });
  const office = async (path: string, body: object): Promise<void> => {
    const answer = await world.office.post(path, body, path.startsWith('/v1/tasks/') ? whatever : {});
    if (answer.status !== 201) throw new Error(`${path}: ${answer.text}`);
  };
  await office('/v1/tasks', { ...handTask('dated'), directive: 'small', deadline: '2023-03-15' });
  for (const [period, at] of [
    ['2023-01', '2023-01-25T23:59:59.999'],
    ['2023-03', '2023-03-24T10:00:00'],
  ] as const)
    await office(`${task}/reports`, { period, unit: OWN, ...REPORT, ...paper(at) });
  await office('/v1/tasks/dated/reports', { ...asPaper({ period: '2023-02', ...REPORT }), ...paper('2023-02-26T08:00:00') });
  await office('/v1/tasks/dated/extension-requests', {
    ...asPaper({ until: '2023-04-20', reason: '汛期' }),
    ...paper('2023-03-10T12:00:00'),
  });
  await office('/v1/tasks/dated/extension-requests/1/decision', { granted: true, ...WHY, ...paper('2023-03-17T12:00:00') });
  await office(`${task}/reassignments`, {
    assignees: [{ role: 'lead', party: OTHER }],
    effectiveFrom: '2023-04-05',
    ...WHY,
    ...paper('2023-04-01T15:30:00'),
  });
  await office(`${task}/leaders`, { leaders: ['秦迎军'], ...WHY, ...paper('2023-03-30T09:00:00') });
  await office('/v1/tasks/dated/suspension', { ...WHY, ...paper('2023-04-02T09:00:00') });
  await office(`${task}/reminders`, { unit: OWN, period: '2023-02', channel: '电话' });
};

const again = (url: string, query: string): string => `${url}${url.includes('?') ? '&' : '?'}${query}`;

/** All of an answer that does not merely say when it was asked for. */
const shown = ({ status, text }: Answer): string =>
  `${status} ${text.replace(/,?"basis":\{[^}]*\}/u, '').replace(/"next":"[^"]*"/u, '"next":"…"')}`;

await test('what is told to be unchanged is unchanged, whatever fell due or was received in between', async (t) => {
  const world = await openWorld(t, { at: AT });
  await history(world);
  const position = world.head();
  const urls = Object.entries(reads).flatMap(([route, { url }]) =>
    typeof url === 'string' && route.startsWith('GET /v1/') && !/log|ledger|timemap/u.test(route) && !url.startsWith('/v1/diff')
      ? [url]
      : [],
  );
  t.ok(urls.length > 30);
  // Many fall on the very instants that decide, or a millisecond before.
  const deciding = ['2023-01-25T16:00:00Z', '2023-02-25T16:00:00Z', '2023-02-26T00:00:00Z', '2023-03-15T16:00:00Z', '2023-03-17T04:00:00Z'];
  const more = ['2023-03-24T02:00:00Z', '2023-03-25T16:00:00Z', '2023-03-30T01:00:00Z', '2023-04-01T07:30:00Z', '2023-04-02T01:00:00Z'];
  const moment = fc.oneof(
    fc.tuple(fc.constantFrom(...deciding, ...more), fc.constantFrom(-1, 0, 1)).map(([text, by]) => Date.parse(text) + by),
    fc.integer({ min: Date.parse('2023-01-20T00:00:00Z'), max: Date.parse('2023-04-09T00:00:00Z') }),
  );
  const near = moment.chain((one) =>
    fc.tuple(fc.constant(one), fc.oneof(moment, fc.integer({ min: one - 20 * 3_600_000, max: one + 20 * 3_600_000 }))),
  );
  let unchanged = 0;
  let changed = 0;
  const property = fc.asyncProperty(fc.constantFrom(...urls), near, fc.boolean(), async (url, [one, other], asUnit) => {
    const reader = asUnit ? world.unit(OWN) : world.auditor;
    const on = (millis: number): string => `on=${new Date(millis).toISOString()}`;
    const first = await reader.get(again(url, on(one)));
    const tag = first.headers['etag'] ?? '';
    // A subject's tag is its revision, and means the body that was sent for one URL.
    if (first.status !== 200 || !tag.startsWith('W/')) return;
    const second = await reader.get(again(url, on(other)), { 'if-none-match': tag });
    const fresh = await reader.get(again(url, `asOf=@${position}&${on(other)}`));
    const same = shown(fresh) === shown(first);
    if (second.status === 304) unchanged += 1;
    else changed += 1;
    if ((second.status === 304) !== same)
      throw new Error(`${second.status} for ${url} at ${on(one)} and ${on(other)}: ${shown(first)} became ${shown(fresh)}`);
  });
  await fc.assert(property, { numRuns: 1500, seed: 7 });
  t.ok(unchanged > 300 && changed > 100, `${unchanged} were unchanged, ${changed} not`);
});

await test('a list that was sent is told to be unchanged until something falls due, and then it is another', async (t) => {
  const world = await openWorld(t, { at: '2023-03-25T09:00:00+08:00' });
  await world.office.post('/v1/directives', { id: 'small', number: '2号', title: '通知', issuer: '市政府办公室', date: '2023-03-01' });
  const monthly = { from: '2023-03', to: '2023-12', day: 25 };
  await world.office.post('/v1/directives/small/policies', { effectiveFrom: '2023-03-01', monthly });
  await world.office.post('/v1/tasks', { ...handTask('mine'), directive: 'small', effectiveFrom: '2023-03-01' });
  const board = '/v1/compliance?directive=small&period=2023-03';
  const first = await world.office.get<{ readonly totals: { readonly notYetDue: number } }>(board);
  t.equal(first.body.totals.notYetDue, 1);
  const asked = { 'if-none-match': first.headers['etag'] ?? '' };
  world.clock.set('2023-03-25T23:59:59.999+08:00');
  const told = await world.office.get(board, asked);
  t.match(told, { status: 304, text: '', headers: { etag: first.headers['etag'], 'content-location': /&on=2023-03-25T15:59:59\.999Z$/u } });
  world.clock.advance(1);
  t.match(await world.office.get(board, asked), { status: 200, body: { totals: { missing: 1, notYetDue: 0 } } });
});
