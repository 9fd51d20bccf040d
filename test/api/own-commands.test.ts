import { test } from 'tap';
import { ACTS_AT, handTask, OWN } from '../support/acts.ts';
import { openWorld } from '../support/app.ts';

/** Over sockets, as fast as one sender can: what was acknowledged is in the next answer, and its ETag is good. */

const ROUNDS = 60;

await test('whoever was told that something is recorded sees it in the next answer', async (t) => {
  const world = await openWorld(t, { at: ACTS_AT });
  const base = await world.app().listen({ host: '127.0.0.1', port: 0 });
  const authorization = `Bearer ${await world.tokenOf('office')}`;
  await world.office.post('/v1/tasks', handTask('own'));
  const post = async (path: string, body: object, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${base}${path}`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    const sent = (await answer.json()) as { readonly position: number; readonly receipt: string };
    return { status: answer.status, ...sent };
  };
  const get = (path: string) => fetch(`${base}${path}`, { headers: { authorization } });

  const stale: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const { position } = await post('/v1/tasks/own/reminders', { unit: OWN, period: '2023-03', channel: '电话' });
    for (const path of ['/v1/tasks/own', '/v1/tasks', '/v1/tasks/own/history']) {
      const read = await get(path);
      const { basis } = (await read.json()) as { readonly basis: { readonly position: number } };
      if (basis.position < position) stale.push(`${path}: @${basis.position} after @${position}`);
      if (path !== '/v1/tasks/own') continue;
      const leaders = { leaders: [`第${round}号`], reason: '分工调整', authority: '县长办公会' };
      const changed = await post('/v1/tasks/own/leaders', leaders, { 'if-match': read.headers.get('etag') ?? '' });
      if (changed.status !== 201) stale.push(`If-Match: ${changed.status}`);
    }
  }
  t.same(stale, []);

  const auditor = `Bearer ${await world.tokenOf('auditor')}`;
  const unseen: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const told = await Promise.all(
      Array.from({ length: 8 }, (_, n) => post('/v1/units', { id: `seen-${round}-${n}`, name: `第${round}年第${n}所` })),
    );
    const last = Math.max(...told.map(({ position }) => position));
    const read = await fetch(`${base}/v1/tasks`, { headers: { authorization: auditor } });
    const { basis } = (await read.json()) as { readonly basis: { readonly position: number } };
    if (basis.position < last) unseen.push(`@${basis.position} after @${last}`);
  }
  t.same(unseen, [], 'by somebody else too');

  for (let round = 0; round < ROUNDS / 6; round += 1) {
    const { position, receipt } = await post('/v1/units', { id: `u-${round}`, name: `第${round}站` });
    const event = await get(receipt.replace(/\/proof$/u, ''));
    t.match(await event.json(), { position }, 'the event by its id');
    const found = (await (await get(`/v1/log/events?type=UnitRegistered&after=${position - 1}`)).json()) as {
      readonly items: readonly object[];
    };
    t.equal(found.items.length, 1, 'the log by a filter');
  }
});
