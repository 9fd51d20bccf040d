import { test } from 'tap';
import { openWorld, type Answer } from '../support/app.ts';
import { documentOf, mismatchBy } from '../support/openapi.ts';
import { faultOf } from './laws.ts';
import type { Request } from './requests.ts';

/** The laws find what they are for. */

const request = (method: string, path: string): Request => ({
  method,
  path,
  url: path,
  headers: {},
  body: undefined,
  sender: 'office',
  leads: true,
});

await test('an answer that breaks one of the laws is found', async (t) => {
  const world = await openWorld(t);
  const mismatchOf = mismatchBy(await documentOf(world));
  const path = '/v1/units';
  const made = await world.office.post('/v1/units', { id: 'new-unit', name: '新单位' });
  const at = world.head();
  const fault = (answer: Answer, before: number, after: number, method = 'POST'): string | undefined =>
    faultOf(world, mismatchOf, request(method, path), answer, { before, after });

  t.equal(fault(made, at - 1, at), undefined, 'what is right breaks none');
  t.match(fault(made, at, at), /201, and nothing was recorded/u);
  t.match(fault({ ...made, status: 200 }, at, at + 1), /names none of them/u, 'a replay that records');
  const refused = await world.office.post('/v1/units', { id: 'new-unit', name: '新单位' });
  t.equal(fault(refused, at, at), undefined);
  t.match(fault(refused, at, at + 1), /1 events, and the answer names none/u, 'a refusal that records');
  const strange = { ...made.body, events: made.body.events.map((event) => ({ ...event, position: 1 })) };
  t.match(fault({ ...made, body: strange }, at - 1, at), /is not at 1/u, 'an event that is elsewhere');
  t.match(fault({ ...refused, status: 500 }, at, at), /^500/u);
  t.match(fault({ ...refused, status: 503 }, at, at), /without Retry-After/u);
  t.match(fault({ ...refused, status: 418 }, at, at), /418 is not documented/u);
  t.match(fault({ ...refused, body: { ...(refused.body as object), code: 'task-exists' } }, at, at), /code/u, 'a code of another call');
  const list = await world.office.get<object>(path);
  t.equal(fault(list, at, at, 'GET'), undefined);
  t.match(fault({ ...list, body: { ...list.body, next: 1 } }, at, at, 'GET'), /next/u, 'a member of another type');
});
