import { statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'tap';
import { openOutbox, type Outbox, type Subscription } from '../../src/store/outbox.ts';
import { temporaryDir } from '../support/app.ts';

/** What is handed on, in its file: taken once, in order for each subject, by one process at a time. */

const HOUR = 3_600_000;
const SUBSCRIPTION: Subscription = {
  id: 's',
  url: 'https://oa.example.gov.cn/',
  types: [],
  units: [],
  secret: 'whsec_secret',
  before: undefined,
  state: 'active',
  why: null,
  createdAt: 0,
  createdBy: 'office',
  sent: null,
  readTo: 0,
  readEvent: null,
  notBefore: 0,
};

const given = (t: Parameters<typeof temporaryDir>[0], at = 0): { readonly path: string; readonly outbox: Outbox } => {
  const path = `${temporaryDir(t)}/outbox/outbox.sqlite`;
  const outbox = openOutbox(path, () => at, 36 * HOUR);
  outbox.add(SUBSCRIPTION);
  return { path, outbox };
};

const taken = (position: number, subject: string) => ({ id: `d${position}`, position, event: `e${position}`, subject, type: 'X.v1' });
const at = (position: number) => ({ position, event: `e${position}` });

await test('nobody else may read it', async (t) => {
  const { path, outbox } = given(t);
  t.equal(statSync(path).mode & 0o777, 0o600);
  t.equal(statSync(dirname(path)).mode & 0o777, 0o700);
  outbox.close();
});

await test('an event is taken once, whoever reads the log beside', async (t) => {
  const { outbox } = given(t);
  t.equal(outbox.take('s', 0, at(2), [taken(1, 'a'), taken(2, 'b')], 0), true);
  t.equal(outbox.take('s', 0, at(2), [taken(1, 'a'), taken(2, 'b')], 0), false, 'another has read on meanwhile');
  t.equal(outbox.take('s', 2, at(3), [], 0), true);
  t.match(outbox.find('s'), { readTo: 3, readEvent: 'e3' });
  t.equal(outbox.count('s', 'pending'), 2);
  outbox.close();
});

await test('of a subject the first one alone is due, until it has arrived or is given up', async (t) => {
  const { outbox } = given(t);
  outbox.take('s', 0, at(4), [taken(1, 'a'), taken(2, 'a'), taken(3, 'b'), taken(4, 'a')], 0);
  const due = (now: number): readonly string[] => outbox.due('s', now, 10).map(({ id }) => id);
  t.same(due(0), ['d1', 'd3']);
  outbox.retry('d1', { at: 0, answer: 'HTTP 500' }, 100);
  t.same(due(50), ['d3'], 'it waits, and the others of its subject with it');
  t.equal(outbox.nextAt('s'), 0);
  outbox.delivered('d3', { at: 60, answer: 'HTTP 200' });
  t.same(due(100), ['d1']);
  outbox.bury('d1', { at: 100, answer: 'HTTP 500' });
  t.same(due(100), ['d2']);
  outbox.redeliver('d1', 100);
  t.same(due(100), ['d1'], 'asked for again it goes before them');
  t.match(outbox.delivery('s', 'd1'), { attempts: 0, state: 'pending' });
  t.same(outbox.counts(), { dead: 0, pending: 3, oldest: 0 });
  outbox.close();
});

await test('one process sends at a time; another takes over when it has been silent', async (t) => {
  const { path, outbox } = given(t);
  const other = openOutbox(path, () => 0, 36 * HOUR);
  t.equal(outbox.lead('one', 0, 30, false), true);
  t.equal(other.lead('other', 10, 40, false), false);
  t.equal(outbox.lead('one', 20, 50, false), true, 'it goes on');
  t.equal(other.lead('other', 51, 81, false), true);
  t.equal(outbox.lead('one', 52, 82, false), false);
  t.equal(outbox.lead('one', 52, 82, true), true, 'where no other can be at work');
  outbox.close();
  other.close();
});

await test('of what was delivered the newest stay', async (t) => {
  const { outbox } = given(t);
  outbox.take(
    's',
    0,
    at(5),
    [1, 2, 3, 4, 5].map((position) => taken(position, `t${position}`)),
    0,
  );
  for (const position of [1, 2, 3, 4]) outbox.delivered(`d${position}`, { at: 0, answer: 'HTTP 200' });
  outbox.prune('s', 2);
  t.same(
    outbox.deliveries('s', undefined, 0, 10).map(({ id }) => id),
    ['d3', 'd4', 'd5'],
  );
  outbox.remove('s');
  t.same(outbox.deliveries('s', undefined, 0, 10), []);
  outbox.close();
});

await test('a file from before digests of requests were kept is opened, and keeps what it has', async (t) => {
  const { path, outbox } = given(t);
  outbox.close();
  const before = new DatabaseSync(path);
  before.exec('ALTER TABLE subscription DROP COLUMN sent');
  before.close();
  for (const sent of [null, 'digest']) {
    const again = openOutbox(path, () => 0, 36 * HOUR);
    t.match(again.find('s'), { ...SUBSCRIPTION, sent });
    again.change('s', { sent: 'digest' });
    again.close();
  }
});

await test('a file that is damaged is told, and what can be done', async (t) => {
  const path = `${temporaryDir(t)}/outbox.sqlite`;
  writeFileSync(path, 'not a database, and long enough to be taken for one'.repeat(200));
  t.throws(() => openOutbox(path, () => 0, HOUR));
  t.end();
});
