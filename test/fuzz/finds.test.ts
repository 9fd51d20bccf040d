import { test } from 'tap';
import { openWorld, SEED_DIRECTIVE } from '../support/app.ts';
import { documentOf, mismatchBy } from '../support/openapi.ts';

/** What requests made from the document have found, each by its name. */

await test('a document whose first line is longer than the name of any office is read, and its draft is shown', async (t) => {
  const world = await openWorld(t, { seeded: false });
  const sent = await world.office.post('/v1/imports', '字'.repeat(3_000), { 'content-type': 'text/plain' });
  t.equal(sent.status, 201);
  t.equal((await world.office.get(sent.headers['location'] ?? '')).status, 200);
});

await test('that a task is found by a time is documented, and so is that a read has not changed', async (t) => {
  const world = await openWorld(t);
  const mismatchOf = mismatchBy(await documentOf(world));
  const path = '/v1/tasks/{id}';
  const url = `/v1/tasks/${SEED_DIRECTIVE}-item-1`;
  const led = await world.office.get(url, { 'accept-datetime': 'Thu, 12 Jan 2023 08:00:00 GMT' });
  t.equal(led.status, 302);
  t.equal(mismatchOf('GET', path, led), undefined);
  const kept = await world.office.get(url, { 'if-none-match': (await world.office.get(url)).headers['etag'] ?? '' });
  t.equal(kept.status, 304);
  t.equal(mismatchOf('GET', path, kept), undefined);
});

await test('an unknown parameter is refused by every call, those that take none included', async (t) => {
  const world = await openWorld(t, { seeded: false });
  for (const url of ['/v1/ledger/checkpoint', '/v1/ledger/key', '/v1/tokens/revocations'])
    t.match(await world.office.get(`${url}?unknown=1`), { status: 400, body: { code: 'invalid-input' } }, url);
});
