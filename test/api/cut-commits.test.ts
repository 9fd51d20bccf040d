import { test } from 'tap';
import type { ImportAnswer } from '../../src/api/imports/answers.ts';
import { createCommits } from '../../src/application/imports/commits.ts';
import { startGoingOn } from '../../src/application/imports/going-on.ts';
import { createUnfinished } from '../../src/application/imports/unfinished.ts';
import { inEnglish } from '../../src/messages/words.ts';
import { StoreUnavailable } from '../../src/store/event-store.ts';
import { openWorld, type Answer, type CommandBody, type ListBody, type ProblemBody, type World } from '../support/app.ts';
import { directiveOf, noticeOf, until } from '../support/commits.ts';

/** A commit that was cut short: what a reader sees of it, what keeps it from its end, and how it comes there all the same. */

const TASKS = 6;
const D = directiveOf();
const AT = '2024-02-05T09:00:00+08:00';
const WHY = { reason: '原件印刷有误', authority: '市政府' };

type Sent = CommandBody & ProblemBody;

const drafted = async (world: World, notice = noticeOf(TASKS)): Promise<string> => {
  const sent = await world.office.send('POST', '/v1/imports?name=n.txt', Buffer.from(notice), { 'content-type': 'text/plain' });
  if (sent.status >= 300) throw new Error(sent.text);
  await world.settled();
  return sent.headers['location'] ?? '';
};
const shown = async (world: World, url: string): Promise<ImportAnswer> => (await world.auditor.get<ImportAnswer>(url)).body;
const commit = (world: World, url: string, body: object = {}): Promise<Answer<Sent>> => world.office.post<Sent>(`${url}/commit`, body);

/** Commits as this world does, until the power is gone: before the command of that number, from 0, that assigns or changes a task. */
const commitUntil = async (world: World, url: string, task: number, said: object = {}): Promise<void> => {
  const { services } = world.duban();
  let left = task;
  const handle: typeof services.handler.handle = (decider, stream, ...command) => {
    if (stream.startsWith('task-')) left -= 1;
    if (left < 0) throw new Error('the power is gone');
    return services.handler.handle(decider, stream, ...command);
  };
  const handler = { ...services.handler, handle };
  const dying = createCommits({ ...services, handler, unfinished: createUnfinished(services), beforehand: () => undefined });
  const meta = { actor: { sub: 'li-si', role: 'office' }, receivedAt: world.clock.now() } as const;
  const cut = await dying.commit(url.split('/').at(-1) ?? '', said, meta).catch((error: unknown) => error);
  if (!(cut instanceof Error) || cut.message !== 'the power is gone') throw new Error('it was not cut short', { cause: cut });
  await world.settled();
};

const goOn = async (world: World): Promise<void> => {
  const { commits } = world.duban().services;
  for (const each of commits.list()) await commits.goOn(each);
  await world.settled();
};

await test('what a reader sees of a commit is true while it goes on, and when it is done', async (t) => {
  const world = await openWorld(t, { seeded: false, at: AT });
  const url = await drafted(world);
  t.match(await shown(world, url), { state: 'draft', progress: null });
  await commitUntil(world, url, 2);
  const call = `POST ${url}/commit`;
  t.match(await shown(world, url), { state: 'draft', progress: { state: 'going-on', tasks: 2, of: TASKS, reason: null, next: call } });
  t.match((await world.auditor.get(`/v1/directives/${D}`)).body, { status: 'importing' });
  t.equal((await world.auditor.get<ListBody<object>>(`/v1/tasks?directive=${D}`)).body.items.length, 2);
  t.match((await world.auditor.get('/v1/imports')).body, { items: [{ state: 'draft', committedAt: null }] });

  const cancelled = { reason: '已并入', authority: '市政府' };
  const answer = await world.office.send('POST', `/v1/tasks/${D}-task-1/cancellation`, cancelled, { 'if-match': '*' });
  t.equal(answer.status, 201, answer.text);
  await goOn(world);
  t.match(await shown(world, url), { state: 'committed', progress: { state: 'done', tasks: TASKS, of: TASKS, reason: null, next: null } });
  t.match((await world.auditor.get(`/v1/directives/${D}`)).body, { status: 'issued' });
  t.match((await world.auditor.get(`/v1/tasks/${D}-task-1`)).body, { status: 'cancelled' }, 'what was done meanwhile stays');
  t.same(world.duban().services.commits.list(), []);
});

await test('the ids of a document are its own until its commit is at its end', async (t) => {
  const world = await openWorld(t, { seeded: false, at: AT });
  const url = await drafted(world);
  await commitUntil(world, url, 2);
  await world.office.post('/v1/directives', { id: 'other', number: '1号', title: '通知', issuer: '市政府', date: '2024-01-01' });
  const own = { kind: 'task', text: '另一件事', assignees: [{ role: 'lead', party: 'shi-jiao-yu-ju' }] };
  const give = (id: string, directive: string) => world.office.post<Sent>('/v1/tasks', { ...own, id, directive });
  const held = { status: 409, body: { code: 'directive-importing' } };
  t.match(await give(`${D}-task-4`, 'other'), held);
  t.match(await give('own', D), held);
  const rows = [`${D}-task-5`, 'own-2'].map((id) => `${id},另一件事,shi-jiao-yu-ju（牵头）`);
  const file = Buffer.from(['编号,工作内容,责任单位', ...rows].join('\n'));
  const filed = await world.office.send<object>('POST', '/v1/tasks?directive=other', file, { 'content-type': 'text/csv' });
  t.match(filed.body, { rows: [{ verdict: 'refused', code: 'directive-importing' }, { verdict: 'created' }] }, filed.text);
  await world.settled();
  t.match(await world.office.post('/v1/snapshots', { directive: D }), { status: 409, body: { code: 'directive-importing' } });
  await goOn(world);
  t.match(await shown(world, url), { state: 'committed', progress: { tasks: TASKS } });
  t.match(await give(`${D}-task-4`, 'other'), { status: 409, body: { code: 'task-exists' } });
  t.match(await give(`${D}-task-${TASKS + 1}`, D), { status: 201 }, 'then it takes others');
  t.match(await world.office.post('/v1/snapshots', { directive: D }), { status: 201 });
});

await test('a task to which somebody gave an id of the document in between stops the commit, which says so', async (t) => {
  const world = await openWorld(t, { seeded: false, at: AT });
  const url = await drafted(world);
  await commitUntil(world, url, 2);
  await world.office.post('/v1/directives', { id: 'other', number: '1号', title: '通知', issuer: '市政府', date: '2024-01-01' });
  const own = { kind: 'task', text: '另一件事', assignees: [{ role: 'lead', party: 'shi-jiao-yu-ju' }], directive: 'other' };
  // On another replica, which did not know yet that the commit had begun.
  const { commits } = world.duban().services;
  const { list } = commits;
  Object.assign(commits, { list: () => [] });
  const given = await world.office.post('/v1/tasks', { ...own, id: `${D}-task-4` });
  t.equal(given.status, 201, given.text);
  Object.assign(commits, { list });
  await world.settled();
  await goOn(world);
  t.match(await shown(world, url), {
    state: 'draft',
    progress: { state: 'stopped', tasks: 3, of: TASKS, reason: new RegExp(`^${D}-task-4 exist already`, 'u') },
  });
  t.match((await world.auditor.get(`/v1/directives/${D}`)).body, { status: 'importing' }, 'nothing says that all is in');
  t.match(await commit(world, url), { status: 409, body: { code: 'task-exists' } }, 'and who sends it again hears the same');
});

await test('what keeps a commit is said of the present alone, and by no answer that lasts', async (t) => {
  const world = await openWorld(t, { seeded: false, at: AT });
  const url = await drafted(world);
  await commitUntil(world, url, 3);
  const position = world.head();
  const then = () => world.auditor.get<ImportAnswer>(`${url}?asOf=@${position}&on=2024-02-04`);
  const [before, going] = [await then(), await world.auditor.get<ImportAnswer>(url)];
  world.clock.advance(-3_600_000);
  await goOn(world);
  world.clock.advance(3_600_000);
  const stopped = await world.auditor.get<ImportAnswer>(url);
  t.match([going.body.progress?.state, stopped.body.progress?.state], ['going-on', 'stopped']);
  for (const { headers } of [going, stopped]) {
    t.match(headers, { etag: /^W\//u, 'cache-control': 'private, no-cache' });
    t.notOk(headers['content-location'], 'nor is there a URL under which it stays');
  }
  t.not(going.headers['etag'], stopped.headers['etag']);
  t.equal((await world.auditor.get(url, { 'if-none-match': stopped.headers['etag'] ?? '' })).status, 304);
  const after = await then();
  t.match(after.headers, { 'cache-control': /immutable/u });
  t.match(after.body.progress, { state: 'going-on', tasks: 3, of: TASKS, reason: null });
  t.equal(after.text, before.text, 'byte for byte');
  await goOn(world);
  t.equal((await then()).text, before.text, 'and when it is done');
  const done = await world.auditor.get<ImportAnswer>(url);
  t.match(done.headers, { etag: `"${done.body.revision}"`, 'content-location': /asOf=/u });
});

await test('a clock that is wrong keeps it, and it goes on when the clock is right', async (t) => {
  const world = await openWorld(t, { seeded: false, at: AT });
  const url = await drafted(world);
  await commitUntil(world, url, 3);
  world.clock.advance(-3_600_000);
  const id = url.split('/').at(-1) ?? '';
  const { commits } = world.duban().services;
  await goOn(world);
  t.match(inEnglish(commits.stopped(id) ?? ''), /ahead of this machine's clock/u);
  world.clock.advance(3_600_000);
  t.match(await shown(world, url), { progress: { state: 'stopped', tasks: 3, reason: /ahead of this machine's clock/u } });
  await goOn(world);
  t.match(await shown(world, url), { progress: { state: 'done', tasks: TASKS, reason: null } });
});

await test('a log that takes nothing keeps it; it is tried again and again, and ends without anybody', async (t) => {
  const world = await openWorld(t, { seeded: false, at: AT });
  const url = await drafted(world);
  await commitUntil(world, url, 1);
  const { services } = world.duban();
  let isFull = true;
  const handle: typeof services.handler.handle = (...command) => {
    if (isFull) throw new StoreUnavailable('the disk is full');
    return services.handler.handle(...command);
  };
  const unfinished = createUnfinished(services);
  const commits = createCommits({ ...services, handler: { ...services.handler, handle }, unfinished, beforehand: () => undefined });
  const notes: string[] = [];
  const goingOn = startGoingOn({
    commits,
    singleWriter: true,
    isBehind: () => false,
    onNote: (note, _, reason) => notes.push(`${note} ${inEnglish(reason ?? '')}`.trim()),
  });
  const measured = () => goingOn.measures.map(({ read }) => read());
  t.same(measured(), [1, 0]);
  await until('it stopped', () => commits.stopped(url.split('/').at(-1) ?? ''));
  t.same(measured(), [1, 1]);
  isFull = false;
  await until('it is done', () => commits.list().length === 0 || undefined);
  await goingOn.stop();
  t.same(measured(), [0, 0]);
  t.same(notes, ['goes-on', 'stopped the disk is full', 'done']);
  t.match(await shown(world, url), { state: 'committed', progress: { state: 'done', tasks: TASKS } });
});

await test('what keeps a commit from beginning is no reason why it stopped', async (t) => {
  const world = await openWorld(t, { seeded: false, at: AT });
  const url = await drafted(world, noticeOf(TASKS).replace('2024年2月1日', '此行另有所指\n2024年2月1日'));
  t.match(await commit(world, url), { status: 409, body: { code: 'import-open' } });
  t.match(await shown(world, url), { state: 'draft', progress: null });
  await world.office.send('PATCH', url, { segments: [{ address: `line ${TASKS + 3}`, use: 'noise' }] });
  await commitUntil(world, url, 1);
  t.match(await shown(world, url), { progress: { state: 'going-on', reason: null } });
});

await test('an edition that was cut short does not go on over a later one', async (t) => {
  const world = await openWorld(t, { seeded: false, at: AT });
  await commit(world, await drafted(world));
  world.clock.set('2024-05-10T09:00:00+08:00');
  const second = noticeOf(TASKS).replace('完成第1片区', '完成第一片区').replace('完成第5片区', '完成第五片区');
  const third = noticeOf(TASKS).replace('完成第6片区', '完成第六片区').replace('2024年2月1日', '2024年4月1日');
  const url = await drafted(world, second);
  await commitUntil(world, url, 1, WHY);
  const later = await drafted(world, third);
  const { supersedes } = await shown(world, later);
  const taken = await commit(world, later, { ...WHY, base: supersedes?.base });
  t.equal(taken.status, 201, taken.text);
  await world.settled();
  await goOn(world);
  t.match(await shown(world, url), { state: 'draft', progress: { state: 'stopped', reason: /somebody has changed heading/u } });
  t.match((await world.auditor.get(`/v1/directives/${D}`)).body, { date: '2024-04-01' }, 'the later edition stands');
  t.match((await world.auditor.get(`/v1/tasks/${D}-task-5`)).body, { text: /第5片区/u });
});

/** Another edition, by which the first five of six items are due a month earlier; its commit was cut short after two of them. */
const cutEdition = async (t: Parameters<typeof openWorld>[0]): Promise<{ readonly world: World; readonly url: string }> => {
  const world = await openWorld(t, { seeded: false, at: AT });
  await commit(world, await drafted(world));
  world.clock.set('2024-05-10T09:00:00+08:00');
  const lines = noticeOf(TASKS).replace('2024年2月1日', '2024年4月1日').split('\n');
  const url = await drafted(world, lines.map((line) => (/^[1-5]、/u.test(line) ? line.replace('年底前', '11月底前') : line)).join('\n'));
  await commitUntil(world, url, 2, WHY);
  return { world, url };
};

await test('an act on one of its tasks stops an edition until a person decides the line, and sends it again', async (t) => {
  const { world, url } = await cutEdition(t);
  const decide = (take: boolean) => world.office.send<Sent>('PATCH', url, { difference: [{ line: `changed ${D}-task-4`, take }] });
  t.match(await decide(false), { status: 409, body: { code: 'import-committed' } }, 'nobody decides on what goes on by itself');

  const other = { deadline: '2024-12-15', ...WHY };
  t.equal((await world.office.post(`/v1/tasks/${D}-task-4/amendments`, other, { 'if-match': '*' })).status, 201);
  await goOn(world);
  t.match(await shown(world, url), { state: 'draft', progress: { state: 'stopped' } });
  const base = async () => (await shown(world, url)).supersedes?.base;
  t.match(await commit(world, url, { ...WHY, base: await base() }), { status: 409, body: { code: 'import-open' } });
  t.match(
    await world.office.send('PATCH', url, { directive: { title: '通知' } }),
    { status: 409, body: { code: 'import-committed' } },
    'how it was read is corrected no more',
  );
  const decided = await decide(false);
  t.equal(decided.status, 201, decided.text);
  await goOn(world);
  t.match(await shown(world, url), { progress: { state: 'stopped', reason: /send the commit again/u } }, 'who decides it sends it');
  const again = await commit(world, url, { base: await base() });
  t.equal(again.status, 201, again.text);
  await world.settled();
  t.match(await shown(world, url), { state: 'committed', progress: { state: 'done', reason: null } });
  const deadlines = Array.from({ length: TASKS }, async (_, index) => {
    const { body } = await world.auditor.get<{ readonly deadline: string }>(`/v1/tasks/${D}-task-${index + 1}`);
    return body.deadline;
  });
  t.same(await Promise.all(deadlines), ['2024-11-30', '2024-11-30', '2024-11-30', '2024-12-15', '2024-11-30', '2024-12-31']);
  t.match((await world.auditor.get(`/v1/directives/${D}`)).body, { date: '2024-04-01' });
});

await test('a line that is taken over an act is taken by the edition that is sent again, without a position too', async (t) => {
  const { world, url } = await cutEdition(t);
  await world.office.post(`/v1/tasks/${D}-task-4/amendments`, { deadline: '2024-12-15', ...WHY }, { 'if-match': '*' });
  await goOn(world);
  const sent = await world.office.send('PATCH', url, { difference: [{ line: `changed ${D}-task-4`, take: true }] });
  t.equal(sent.status, 201, sent.text);
  const again = await commit(world, url);
  t.equal(again.status, 201, again.text);
  await world.settled();
  t.match((await world.auditor.get(`/v1/tasks/${D}-task-4`)).body, { deadline: '2024-11-30' });
  t.match((await world.auditor.get(`/v1/tasks/${D}-task-5`)).body, { deadline: '2024-11-30' });
  t.match(await shown(world, url), { state: 'committed' });
});
