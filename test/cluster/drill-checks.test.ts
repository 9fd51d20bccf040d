import { test } from 'tap';
import { OWN } from '../support/acts.ts';
import { checksOf, type Drilled } from './drill-checks.ts';
import type { Carried, Try } from './drill-writers.ts';

/** A drill is worth what its checks notice: each is shown a drill in which that one thing went wrong. */

const reply = (status: Try['status'], at: number, more: Partial<Try> = {}): Try => ({
  status,
  body: {},
  text: '',
  retryAfter: undefined,
  begun: at - 5,
  ended: at,
  replica: 'one',
  ...more,
});

const carried = (n: number, at: number): Carried => ({
  command: { key: `k${n}`, sender: OWN, path: '/', body: {}, fact: `task-t ReportSubmitted.v1 r${n}` },
  tries: [reply(503, at - 10, { retryAfter: 2 }), reply(201, at)],
  acknowledged: { events: [`e${n}`], subject: 't', revision: n, position: n, at },
});

const unacknowledged = (n: number): Carried => ({ ...carried(n, 3_000), acknowledged: undefined });

const log = [1, 2, 3].map((n) => ({ position: n, id: `e${n}`, leafHash: `leaf ${n}`, fact: `task-t ReportSubmitted.v1 r${n}` }));
const [first, second, third] = [carried(1, 1_000), carried(2, 2_000), unacknowledged(3)];
const repeated = { command: first.command, reply: reply(200, 9_000), said: { events: ['e1'], subject: 't', revision: 1, position: 1 } };

const fine: Drilled = {
  begun: 0,
  ended: 4_000,
  carried: [first, second, third],
  repeats: [repeated],
  stopped: false,
  watched: [{ replica: 'one', reads: [reply(200, 1_000)], readiness: [reply(503, 1_000, { retryAfter: 1 })], memory: [] }],
  replicas: [
    { name: 'one', log, root: 'root' },
    { name: 'other', log, root: 'root' },
  ],
};

const failing = (drilled: Drilled): readonly string[] =>
  checksOf(drilled, 3)
    .filter(({ holds }) => !holds)
    .map(({ name }) => name);

const onOther = (changed: typeof log): Drilled => ({
  ...fine,
  replicas: [
    { name: 'one', log, root: 'root' },
    { name: 'other', log: changed, root: 'root' },
  ],
});
const onBoth = (changed: typeof log): Drilled => ({ ...fine, replicas: fine.replicas.map((replica) => ({ ...replica, log: changed })) });
const answered = (answer: Try): Drilled => ({ ...fine, carried: [{ ...first, tries: [answer] }, second, third] });

const ANSWERS = 'every answer is one, or 503 with Retry-After';
const THERE = [
  'every acknowledged event is once on one, where it was said to be',
  'every acknowledged event is once on other, where it was said to be',
] as const;
const SAME = 'the same events are at the same positions';
const ONE_ANSWER = 'a key has one answer, whenever and wherever it comes';
const TWICE = 'nothing was done twice, acknowledged or not';

const wrong: readonly (readonly [what: string, drilled: Drilled, names: readonly string[]])[] = [
  ['an answer that is none of those', answered(reply(500, 1_000)), [ANSWERS]],
  ['a 503 that says nothing of when to come again', answered(reply(503, 1_000)), [ANSWERS]],
  ['no answer, though all were running', answered(reply('none', 1_000)), [ANSWERS]],
  ['a gap at the end', { ...fine, ended: 5_001 }, ['at most 3 s without an acknowledgement']],
  ['an acknowledged event lost on one side', onOther(log.filter(({ id }) => id !== 'e2')), [THERE[1], SAME]],
  [
    'an acknowledged event at another position',
    {
      ...fine,
      carried: [{ ...first, acknowledged: { events: ['e1'], subject: 't', revision: 1, position: 7, at: 1_000 } }, second, third],
    },
    [...THERE],
  ],
  [
    'two events the other way round',
    onOther(log.map((event, n) => ({ ...event, ...(n < 2 ? { id: `e${2 - n}`, fact: log[1 - n]?.fact ?? '' } : {}) }))),
    [THERE[1], SAME],
  ],
  ['other bytes under the same id', onOther(log.map((event) => ({ ...event, leafHash: `${event.leafHash}!` }))), [SAME]],
  ['two roots', { ...fine, replicas: fine.replicas.map((replica) => ({ ...replica, root: replica.name })) }, ['the ledger has one root']],
  ['another answer to the same key', { ...fine, repeats: [{ ...repeated, said: { ...repeated.said, events: ['e9'] } }] }, [ONE_ANSWER]],
  ['a repetition that is done as if it were new', { ...fine, repeats: [{ ...repeated, reply: reply(201, 9_000) }] }, [ONE_ANSWER]],
  [
    'an unacknowledged command done twice',
    onBoth([...log, { position: 4, id: 'e4', leafHash: 'leaf 4', fact: third.command.fact }]),
    [TWICE],
  ],
  ['what nobody commanded', onBoth([...log, { position: 4, id: 'e4', leafHash: 'leaf 4', fact: 'task-t TaskCancelled.v1' }]), [TWICE]],
  [
    'a read refused',
    { ...fine, watched: [{ replica: 'one', reads: [reply(503, 1_000, { retryAfter: 1 })], readiness: [], memory: [] }] },
    ['reads are answered'],
  ],
  [
    'not ready, and no word when',
    { ...fine, watched: [{ replica: 'one', reads: [], readiness: [reply(503, 1_000)], memory: [] }] },
    ['who is not ready says when to ask again'],
  ],
];

await test('a drill in which nothing goes wrong passes; an unacknowledged command may have been done', (t) => {
  t.same(failing(fine), []);
  t.same(failing(onBoth(log.slice(0, 2))), []);
  t.same(failing({ ...answered(reply('none', 1_000)), stopped: true }), [], 'who is stopped does not answer');
  t.end();
});

for (const [what, drilled, names] of wrong)
  await test(`it is noticed: ${what}`, (t) => {
    t.same(failing(drilled), names);
    t.end();
  });
