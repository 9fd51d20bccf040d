import { randomUUID } from 'node:crypto';
import { test } from 'tap';
import { handTask, OWN, REPORT } from '../support/acts.ts';
import type { Answer, CommandBody, World } from '../support/app.ts';
import { eventually, givenAnyOffice, givenOffice, openReplica, QUICK, siblingDir, untilReady } from './fixture.ts';

/** Two whole Dubans on one cluster: for those who use them they are one. */

const freshTask = async (world: World): Promise<string> => {
  const id = `of-${randomUUID()}`;
  const { status, text } = await world.office.post('/v1/tasks', handTask(id));
  if (status !== 201) throw new Error(text);
  return id;
};

const WHY = { reason: '职责调整', authority: '市长办公会纪要第3期' };

const statusesOf = (answers: readonly Answer[]): readonly number[] => answers.map(({ status }) => status).toSorted((a, b) => a - b);

/** Everything that one has the other has. */
const alike = async (one: World, other: World): Promise<void> => {
  const head = Math.max(one.head(), other.head());
  await eventually('both are at one position', () => one.head() >= head && other.head() >= head);
  await Promise.all([one.settled(), other.settled()]);
};

await test('two replicas of one cluster', async (suite) => {
  const office = await givenAnyOffice(suite);
  const [one, other] = [await office.replica(office.dataDir), await office.replica()];
  other.clock.advance(1); // what both write of one command differs in its time

  await suite.test('what is commanded at one is read at the other, from the position of the answer on', async (t) => {
    for (let round = 0; round < 5; round += 1) {
      const id = await freshTask(one);
      const reported = await one.unit(OWN).post(`/v1/tasks/${id}/reports`, { period: '2023-03', ...REPORT });
      t.match(reported, { status: 201, body: { revision: 1 } });
      const { position } = reported.body;
      const read = await other
        .unit(OWN)
        .send<{ readonly revision: number; readonly basis: { readonly position: number } }>(
          'GET',
          `/v1/tasks/${id}?minPosition=${position}`,
        );
      t.match(read, { status: 200, body: { revision: 1 } });
      t.ok(read.body.basis.position >= position);
    }
  });

  await suite.test('a place in the log that one has named is not beyond it at the other', async (t) => {
    for (let round = 0; round < 5; round += 1) {
      const { position } = (await one.office.post('/v1/tasks', handTask(`of-${randomUUID()}`))).body;
      for (const url of [`/v1/log/events?after=${position}`, `/v1/tasks?limit=1&asOf=@${position}`, '/v1/log/events?after=0&limit=1'])
        t.match(await other.auditor.send('GET', url), { status: 200 }, url);
    }
  });

  await suite.test('a command at the other follows it at once, without waiting for anything', async (t) => {
    const id = await freshTask(one);
    t.match(await other.unit(OWN).post(`/v1/tasks/${id}/acknowledgements`, {}), { status: 201, body: { revision: 1 } });
    t.match(await one.unit(OWN).post(`/v1/tasks/${id}/acknowledgements`, {}), { status: 409, body: { code: 'already-acknowledged' } });
  });

  await suite.test('of two that change one task at one time one is done, and the other is told the truth', async (t) => {
    for (let round = 0; round < 5; round += 1) {
      const id = await freshTask(one);
      const url = `/v1/tasks/${id}/cancellation`;
      const answers = await Promise.all([one, other].map((world) => world.office.post(url, WHY, { 'if-match': '"0"' })));
      t.same(statusesOf(answers), [201, 412], 'with a precondition');
      t.match(
        answers.find(({ status }) => status === 412),
        { body: { code: 'precondition-failed', currentRevision: 1 } },
      );
    }
    for (let round = 0; round < 5; round += 1) {
      const id = await freshTask(one);
      const answers = await Promise.all([one, other].map((world) => world.unit(OWN).post(`/v1/tasks/${id}/acknowledgements`, {})));
      t.same(statusesOf(answers), [201, 409], 'without one it is decided again on what the other did');
      t.match(
        answers.find(({ status }) => status === 409),
        { body: { code: 'already-acknowledged' } },
      );
    }
  });

  await suite.test('two that do not exclude each other are both done', async (t) => {
    const id = await freshTask(one);
    const periods = ['2023-01', '2023-02', '2023-03', '2023-04'];
    const answers = await Promise.all(
      periods.map((period, n) => (n % 2 === 0 ? one : other).unit(OWN).post(`/v1/tasks/${id}/reports`, { period, ...REPORT })),
    );
    t.same(statusesOf(answers), [201, 201, 201, 201]);
    t.same(
      answers.map(({ body }) => body.revision).toSorted((a, b) => a - b),
      [1, 2, 3, 4],
    );
  });

  /** A draft with nothing open, whose bytes both have. */
  const draftAtBoth = async (name: string, tasks: number): Promise<string> => {
    const lines = Array.from({ length: tasks }, (_, index) => `${index + 1}、完成第${index + 1}片区改造，年底前完工。(市教育局、市财政局)`);
    const notice = Buffer.from(
      [`${name}人民政府办公室关于印发2024年重点工作责任分解的通知`, `${name}政办〔2024〕9号`, ...lines, '2024年2月1日'].join('\n'),
    );
    let url = '';
    for (const world of [one, other]) {
      const { status, headers, text } = await world.office.send('POST', '/v1/imports', notice, { 'content-type': 'text/plain' });
      if (status >= 300) throw new Error(text);
      url = headers['location'] ?? '';
    }
    return url;
  };
  const tasksOf = async (world: World, directive: string): Promise<number> =>
    (await world.all(world.office, `/v1/tasks?directive=${directive}`)).length;

  await suite.test('a draft that is committed at both at one time becomes one directive, and both say so', async (t) => {
    const url = await draftAtBoth('河州市', 12);
    const answers = await Promise.all(
      [one, other, one, other].map((world) => world.office.post<CommandBody & { readonly directive: string }>(`${url}/commit`, {})),
    );
    const [directive = ''] = new Set(answers.map(({ body }) => body.directive));
    t.ok(
      answers.every(({ status }) => status === 200 || status === 201),
      answers.map(({ status, text }) => `${status} ${text.slice(0, 300)}`).join(),
    );
    const events = answers.flatMap(({ body }) => body.events.map(({ id }) => id));
    t.equal(new Set(events).size, events.length, 'no event is answered twice');
    await alike(one, other);
    for (const world of [one, other]) {
      t.match(await world.office.get(url), { body: { state: 'committed', progress: { tasks: 12, of: 12, next: null } } });
      t.equal(await tasksOf(world, directive), 12);
    }
    const types = answers.flatMap(({ body }) => body.events.map(({ type }) => type));
    for (const type of ['ImportCommitBegun.v1', 'DirectiveImported.v1', 'DirectiveIssued.v1', 'ImportCommitted.v1'])
      t.equal(types.filter((each) => each === type).length, 1, type);
  });

  await suite.test('of three new tasks under one key at one time one is made, wherever they are sent', async (t) => {
    for (let round = 0; round < 5; round += 1) {
      const key = { 'idempotency-key': randomUUID() };
      const tasks = Array.from({ length: 3 }, () => handTask(`of-${randomUUID()}`));
      const send = (n: number): Promise<Answer<CommandBody>> => (n % 2 === 0 ? one : other).office.post('/v1/tasks', tasks[n], key);
      const answers = await Promise.all([send(0), send(1), send(2)]);
      t.same(statusesOf(answers), [201, 422, 422]);
      const made = answers.findIndex(({ status }) => status === 201);
      for (const world of [one, other])
        t.match(await world.office.post('/v1/tasks', tasks[made], key), { status: 200 }, 'and sent again it is that one');
      t.equal((await send((made + 1) % 3)).status, 422);
    }
  });

  await suite.test('an idempotency key holds at both: one effect, one answer', async (t) => {
    const event = (answer: Answer<CommandBody>): unknown => [
      answer.body.events.map(({ id }) => id),
      answer.body.subject,
      answer.body.revision,
    ];
    for (let round = 0; round < 5; round += 1) {
      const id = await freshTask(one);
      const key = { 'idempotency-key': randomUUID() };
      const report = (world: World, body: object = { period: '2023-03', ...REPORT }) =>
        world.unit(OWN).post(`/v1/tasks/${id}/reports`, body, key);
      const answers = await Promise.all([report(one), report(other)]);
      t.same(statusesOf(answers), [200, 201], 'at one time');
      const [first, second] = answers.map(event);
      t.same(first, second);
      for (const world of [other, one])
        t.match(
          await report(world),
          { status: 200, body: { events: [{ id: answers[0]?.body.events[0]?.id }], revision: 1 } },
          'one after the other',
        );
      t.match(await report(other, { period: '2023-03', ...REPORT, percent: 41 }), {
        status: 422,
        body: { code: 'idempotency-key-reused' },
      });
    }
  });

  await suite.test('the same events have the same positions, and one root; what both sign is the same, byte for byte', async (t) => {
    await alike(one, other);
    const facts = (world: World): readonly unknown[] =>
      world
        .duban()
        .services.store.readAll(0, Number.MAX_SAFE_INTEGER)
        .map(({ position, stream, revision, id, recordedAt, leaf }) => [position, stream, revision, id, recordedAt, leaf.toHex()]);
    t.same(facts(other), facts(one));
    const size = one.head();
    const ledgers = [one, other].map((world) => world.duban().services.ledger);
    t.same(ledgers[1]?.root(size), ledgers[0]?.root(size));
    const notes = ledgers.map((ledger) => {
      ledger.seal();
      const last = ledger.last();
      return last && Buffer.from(ledger.note(last)).toString('utf8');
    });
    t.match(notes[0], new RegExp(`^duban\\.localhost/[0-9a-f]+\\n${size}\\n`, 'u'));
    t.equal(notes[1], notes[0]);
    const digests = [one, other].map((world) => world.duban().services.views.digest());
    t.equal(digests[1], digests[0], 'the views too');
  });
});

await test('a replica that hears late refuses nothing for what it has not heard', async (t) => {
  const office = await givenOffice(t);
  const { faults } = office.double.node;
  let ofOne = 0;
  const one = await office.replica(office.dataDir);
  faults.lag = (nth) => void (ofOne = nth);
  await freshTask(one);
  faults.lag = () => undefined;
  const other = await openReplica(t, office.url, siblingDir(t, office.dataDir), { ...QUICK, positionsWithin: 200 });
  await untilReady(other);
  const late = Promise.withResolvers<void>();
  faults.lag = (nth) => (nth <= ofOne ? undefined : late.promise);
  t.teardown(late.resolve);
  const unheard = await freshTask(one);
  const acknowledge = `/v1/tasks/${unheard}/acknowledgements`;
  t.match(await other.unit(OWN).post(acknowledge, {}), { status: 201, body: { revision: 1, position: null } }, 'a task it was not told of');
  t.match(await other.unit(OWN).post(acknowledge, {}), { status: 409, body: { code: 'already-acknowledged' } });
  t.match(await one.unit(OWN).post(`/v1/tasks/${unheard}/reports`, { period: '2023-03', ...REPORT }), {
    status: 201,
    body: { revision: 2 },
  });
  t.match(
    await other.unit(OWN).post(`/v1/tasks/${unheard}/reports`, { period: '2023-03', ...REPORT }),
    { status: 409, body: { code: 'already-reported' } },
    'nor does it record twice what it has not heard of',
  );
  t.match(await other.office.post(`/v1/tasks/${unheard}/cancellation`, WHY, { 'if-match': '"2"' }), { status: 201, body: { revision: 3 } });
  t.match(await other.unit('bu-cun-zai').post(acknowledge, {}), { status: 403 });
  t.ok(other.head() < one.head(), 'it was late all the while');
  late.resolve();
  await alike(one, other);
});
