import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { test, type Test } from 'tap';
import type { Reminded } from '../../src/application/reminders/remind.ts';
import { backUp } from '../../src/main/backup.ts';
import { openDuban, openDubanOnCluster, type DubanOptions } from '../../src/main/duban.ts';
import { createMailer, smtpServer } from '../../src/sending/mail.ts';
import type { Clock } from '../../src/kernel/clock.ts';
import { eventually, givenOffice, QUICK, siblingDir, untilReady } from '../cluster/fixture.ts';
import { handTask, OTHER, OWN, REPORT } from '../support/acts.ts';
import { openWorld, temporaryDir, TIME_ZONE, type ListBody, type ProblemBody, type World } from '../support/app.ts';
import { runProgram } from '../support/process.ts';
import { hasFaketime, NO_FAKETIME, setClock } from '../support/set-clock.ts';
import { startMailbox, type Mailbox } from './mailbox.ts';

/** Reminders as a whole: rules, the log, and a mail server in another process. Nothing is sent twice, whatever happens. */

const OFFICE = 'office@example.gov.cn';
const EVENING = '2023-03-20T18:00:00+08:00';
/** Three days before the 25th, when the report is due. */
const BEFORE = '2023-03-22T09:00:00+08:00';

const RULES = {
  at: '09:00',
  workingDays: false,
  steps: [
    { id: 'before', when: 'before', days: 3, to: ['unit'], channel: 'email', of: ['monthly'] },
    { id: 'after', when: 'after', days: 2, times: 2, to: ['unit', 'leader', 'office'], channel: 'email', of: ['monthly'] },
  ],
} as const;

const rethrow = (error: unknown): never => {
  throw error;
};

const mailBy = (box: Mailbox): NonNullable<DubanOptions['mail']> => {
  const server = smtpServer(box.url);
  if (server === undefined) throw new Error(box.url);
  return { send: createMailer(server, 'duban@example.gov.cn'), office: OFFICE };
};

const mailing = (t: Test, box: Mailbox, dataDir?: string, at = EVENING): Promise<World> =>
  openWorld(t, {
    at,
    ...(dataDir === undefined ? {} : { dataDir }),
    open: (dir: string, clock: Clock) =>
      openDuban({ dataDir: dir, timeZone: TIME_ZONE, clock, onError: rethrow, relaxedDurability: true, mail: mailBy(box) }),
  });

const must = async (sent: Promise<{ readonly status: number; readonly text: string }>): Promise<void> => {
  const { status, text } = await sent;
  if (status >= 300) throw new Error(text);
};

/** A directive whose report of March one unit owes on two tasks, and the rules. */
const prepared = async (world: World): Promise<World> => {
  const { office } = world;
  await must(
    office.post('/v1/directives', {
      id: 'small',
      number: '政办〔2023〕2号',
      title: '重点工作',
      issuer: '市政府办公室',
      date: '2023-01-01',
    }),
  );
  await must(
    office.post('/v1/directives/small/policies', { effectiveFrom: '2023-01-01', monthly: { from: '2023-03', to: '2023-12', day: 25 } }),
  );
  for (const id of ['t-1', 't-2']) await must(office.post('/v1/tasks', { ...handTask(id), directive: 'small' }));
  await must(
    world.unit(OWN).post('/v1/contacts', {
      contacts: [
        { name: '张三', email: 'zhangsan@example.org' },
        { name: '李四', phone: '1' },
      ],
    }),
  );
  await must(world.unit(OTHER).post('/v1/contacts', { contacts: [{ name: '万战伟', email: 'wan@example.org' }] }));
  await must(office.send('PUT', '/v1/directives/small/reminders', RULES));
  await world.settled();
  return world;
};

const run = async (world: World, dry = false): Promise<readonly Reminded[]> => {
  await world.settled();
  const reminded = await world.duban().services.reminders.run({ dry });
  await world.settled();
  return reminded;
};
const resultsOf = (reminded: readonly Reminded[]): readonly string[] =>
  reminded.map(({ heading: { to, step }, result }) => `${to} ${step} ${result}`);

type Reminder = {
  readonly id: string;
  readonly status: string;
  readonly answer: string | null;
  readonly attempts: number;
  readonly unit: string | null;
};
const reminders = async (world: World): Promise<readonly Reminder[]> =>
  (await world.auditor.get<ListBody<Reminder>>('/v1/reminders?directive=small')).body.items;

await test('a unit is mailed once, at its time, and it stands on its tasks', async (t) => {
  const box = await startMailbox(t);
  const world = await prepared(await mailing(t, box));
  t.same(await run(world), [], 'not yet');
  world.clock.set(BEFORE);
  t.same(resultsOf(await run(world, true)), ['unit before due']);
  t.equal(box.mails().length, 0, 'shown, and not sent');
  t.match((await run(world))[0], { result: 'sent', tasks: ['t-1', 't-2'] });
  t.same(resultsOf(await run(world)), ['unit before settled']);
  await world.restart();
  t.same(resultsOf(await run(world)), ['unit before settled'], 'a restart changes nothing');

  t.equal(box.mails().length, 1);
  const [mail] = box.mails();
  t.match(mail, { to: ['zhangsan@example.org'], subject: '【催办提醒】2023年3月份月报报送（政办〔2023〕2号）' });
  t.match(
    mail?.text,
    /市科技局：[^]*《重点工作》[^]*截止日为2023年3月25日[^]*1\. “t-1的工作”[^]*2\. “t-2的工作”[^]*市政府办公室\s+2023年3月22日/u,
  );
  const [reminder] = await reminders(world);
  t.match(reminder, { status: 'sent', attempts: 1, unit: OWN });
  t.equal(mail?.messageId, `<${reminder?.id ?? ''}@example.gov.cn>`);

  const { body } = await world.auditor.get<{ readonly items: readonly { readonly event: { readonly data: object } }[] }>(
    '/v1/log/events?type=ReminderSent&task=t-1',
  );
  t.match(body.items, [
    { event: { data: { unit: OWN, period: '2023-03', channel: '电子邮件', reminder: reminder?.id, answer: /accepted|OK|queued/iu } } },
  ]);
  t.match(await world.unit(OWN).get('/v1/owing?directive=small&period=2023-03'), {
    body: { items: [{ lastReminder: { channel: '电子邮件' } }] },
  });
  const log = (await world.auditor.get('/v1/log/events?after=500&limit=500')).text;
  t.notOk(log.includes('zhangsan@example.org'), 'no address is in the log');
});

await test('who has reported meanwhile gets none; afterwards leader and office hear of who has not', async (t) => {
  const box = await startMailbox(t);
  const world = await prepared(await mailing(t, box));
  await must(world.unit(OWN).post('/v1/tasks/t-1/reports', { period: '2023-03', ...REPORT }));
  world.clock.set('2023-03-27T09:00:00+08:00');
  t.same([...resultsOf(await run(world))].sort(), ['leader after sent', 'office after sent', 'unit after sent']);
  t.same(
    box
      .mails()
      .flatMap(({ to }) => to)
      .sort(),
    [OFFICE, 'wan@example.org', 'zhangsan@example.org'],
  );
  const unit = box.mails().find(({ to }) => to.includes('zhangsan@example.org'));
  t.match(unit?.subject, /^【逾期催办】/u);
  t.match(unit?.text, /已逾期2天/u);
  t.notMatch(unit?.text, /t-1的工作/u, 'what came is not asked for');
  await must(world.unit(OWN).post('/v1/tasks/t-2/reports', { period: '2023-03', ...REPORT }));
  world.clock.set('2023-03-29T09:00:00+08:00');
  t.same(await run(world), []);
});

await test('what did not go is tried again later; what may have gone is not, but by a person', async (t) => {
  const box = await startMailbox(t);
  const world = await prepared(await mailing(t, box));
  world.clock.set(BEFORE);
  box.does('refuse');
  t.same(resultsOf(await run(world)), ['unit before failed']);
  t.same(resultsOf(await run(world)), ['unit before settled'], 'not at once');
  world.clock.advance(16 * 60_000);
  box.does('hang-up');
  t.same(resultsOf(await run(world)), ['unit before unknown']);
  world.clock.advance(3 * 3_600_000);
  box.does('take');
  t.same(resultsOf(await run(world)), ['unit before unknown'], 'as long as nobody has decided');
  t.equal(box.mails().length, 0);
  const [reminder] = await reminders(world);
  t.match(reminder, { status: 'unknown', attempts: 2 });
  const resend = `/v1/reminders/${reminder?.id ?? ''}/resend`;
  t.equal((await world.auditor.post(resend, { reason: '没有收到' })).status, 403);
  t.equal((await world.office.post(resend, { reason: '没有收到' })).status, 201);
  t.equal((await world.office.post(resend, { reason: '没有收到' })).status, 200, 'once');
  t.equal(box.mails().length, 1);
  t.match((await reminders(world))[0], { status: 'sent', attempts: 3 });
  t.equal((await world.office.post('/v1/reminders/00000000-0000-4000-8000-000000000000/resend', { reason: '没有' })).status, 404);
});

await test('without an address nothing is sent; a day and a half later it is missed; a person can send it then', async (t) => {
  const box = await startMailbox(t);
  const world = await prepared(await mailing(t, box));
  const contacts = (await world.office.get<{ readonly id: string }>(`/v1/units/${OWN}/contacts`)).body.id;
  await must(world.office.post(`/v1/personal-data/${contacts}/erasure`, { reason: '本人要求', authority: '个人信息保护法' }));
  world.clock.set(BEFORE);
  t.same(resultsOf(await run(world)), ['unit before no-address'], 'what was erased is not used');
  world.clock.advance(36 * 3_600_000 + 1);
  t.same(resultsOf(await run(world)), ['unit before missed']);
  t.match((await reminders(world))[0], { status: 'missed', answer: 'no address', attempts: 0 });
  const chinese = await world.auditor.get<ListBody<Reminder>>('/v1/reminders?directive=small', { 'accept-language': 'zh-CN' });
  t.match(chinese.body.items[0], { status: 'missed', answer: '没有地址' });
  await must(world.unit(OWN).post('/v1/contacts', { contacts: [{ name: '王五', email: 'wangwu@example.org' }] }));
  t.same(resultsOf(await run(world)), ['unit before settled']);
  await must(world.office.post(`/v1/reminders/${(await reminders(world))[0]?.id ?? ''}/resend`, { reason: '补发' }));
  t.same(
    box.mails().map(({ to }) => to),
    [['wangwu@example.org']],
  );
});

await test('an older copy that is put in its place sends nothing again, and goes on with what comes', async (t) => {
  const box = await startMailbox(t);
  const world = await prepared(await mailing(t, box));
  const copy = `${temporaryDir(t)}/copy`;
  await backUp({ dataDir: world.dataDir, out: copy, withKeys: true, withPersonal: true, onAdvance: () => undefined });
  world.clock.set(BEFORE);
  t.same(resultsOf(await run(world)), ['unit before sent']);
  await world.close();

  const restored = await mailing(t, box, copy, '2023-03-22T11:00:00+08:00');
  t.same(resultsOf(await run(restored)), ['unit before before-this-copy']);
  t.equal(box.mails().length, 1, 'the copy knows nothing of the mail, and sends none');
  restored.clock.set('2023-03-27T09:00:00+08:00');
  t.same([...resultsOf(await run(restored))].sort(), ['leader after sent', 'office after sent', 'unit after sent']);
  t.equal(box.mails().length, 4);
});

await test('where no server runs and it is asked once a day, every day’s reminders go', async (t) => {
  const box = await startMailbox(t);
  const world = await prepared(await mailing(t, box));
  await world.restart(() => world.clock.set('2023-03-21T20:00:00+08:00'));
  t.same(await run(world), []);
  await world.restart(() => world.clock.set('2023-03-22T20:00:00+08:00'));
  t.same(resultsOf(await run(world)), ['unit before sent']);
});

await test('two replicas that think of it at once send one mail', async (t) => {
  const box = await startMailbox(t);
  const { url, dataDir } = await givenOffice(t);
  const open = (dir: string): Promise<World> =>
    openWorld(t, {
      dataDir: dir,
      at: EVENING,
      open: (path, clock) =>
        openDubanOnCluster({ dataDir: path, url, timeZone: TIME_ZONE, clock, timing: QUICK, onError: rethrow, mail: mailBy(box) }),
    });
  const one = await open(dataDir);
  await untilReady(one);
  await prepared(one);
  // Addresses are shared by replicas as keys are; here one of them tells the other.
  const other = await open(siblingDir(t, dataDir));
  await untilReady(other);
  await eventually('both know all', () => other.head() === one.head());
  await must(one.unit(OWN).post('/v1/contacts', { contacts: [{ name: '张三', email: 'zhangsan@example.org' }] }));
  await must(other.unit(OWN).post('/v1/contacts', { contacts: [{ name: '张三', email: 'zhangsan@example.org' }] }));
  await eventually('both know all', () => other.head() === one.head());
  const { cpSync } = await import('node:fs');
  await one.settled();
  cpSync(`${other.dataDir}/personal`, `${one.dataDir}/personal`, { recursive: true });
  for (const world of [one, other]) {
    world.clock.set(BEFORE);
    t.same(resultsOf(await run(world, true)), ['unit before due'], 'either would send it');
  }
  const results = (await Promise.all([run(one), run(other), run(one), run(other)])).flatMap(resultsOf);
  t.equal(results.filter((each) => each === 'unit before sent').length, 1, results.join(', '));
  t.equal(box.mails().length, 1);
});

const die = async (dataDir: string, when: string, url: string, at = BEFORE): Promise<void> => {
  const child = spawn(process.execPath, [fileURLToPath(new URL('children/die-around-mail.ts', import.meta.url)), dataDir, when, url, at], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [, signal] = await once(child, 'exit');
  if (signal !== 'SIGKILL') throw new Error(`it ended otherwise: ${String(signal)}`);
};

for (const [when, mails] of [
  ['before', 0],
  ['after', 1],
] as const)
  await test(`killed ${when} the mail went and before that was recorded: only a person sends it again`, async (t) => {
    const box = await startMailbox(t);
    const world = await prepared(await mailing(t, box));
    await world.close();
    await die(world.dataDir, when, box.url);
    t.equal(box.mails().length, mails);

    const again = await mailing(t, box, world.dataDir, BEFORE);
    again.clock.advance(60_000);
    const [reminder] = await reminders(again);
    t.match(reminder, { status: 'claimed', answer: null });
    const resend = `/v1/reminders/${reminder?.id ?? ''}/resend`;
    t.equal((await again.office.post(resend, { reason: '服务中断' })).status, 200, 'while it may be under way it is not sent');

    const claimedAt = again.clock.now().subtract({ minutes: 1 });
    const unknownAt = async (seconds: number): Promise<number> => {
      const on = encodeURIComponent(claimedAt.add({ seconds }).toString());
      return (await again.auditor.get<ListBody<Reminder>>(`/v1/reminders?status=unknown&on=${on}`)).body.items.length;
    };
    again.clock.advance(5 * 60_000);
    t.match((await reminders(again))[0], { status: 'unknown', answer: null }, 'it shows by the time alone');
    t.match((await again.auditor.get('/v1/reminders?format=csv', { 'accept-language': 'zh-CN' })).text, /不明/u);
    t.same([await unknownAt(179), await unknownAt(180)], [0, 1], 'from three minutes on, whenever it is asked');

    t.same(resultsOf(await run(again, true)), ['unit before unknown']);
    t.match((await reminders(again))[0], { answer: null }, 'a dry run records nothing');
    t.same(resultsOf(await run(again)), ['unit before unknown']);
    t.same(resultsOf(await run(again)), ['unit before unknown']);
    t.equal(box.mails().length, mails, 'nothing is sent of its own accord');
    const chinese = await again.auditor.get<ListBody<Reminder>>('/v1/reminders?status=unknown', { 'accept-language': 'zh-CN' });
    t.match(chinese.body.items, [{ status: 'unknown', answer: '发送的进程在收到答复前已结束' }]);
    t.equal((await again.office.post(resend, { reason: '服务中断' })).status, 201);
    t.equal(box.mails().length, mails + 1);
    t.equal(new Set(box.mails().map(({ messageId }) => messageId)).size, 1, 'under one name, by which a second one is known');
  });

await test('whose sender is gone is unknown at once to the next run, where no other process can be at work', async (t) => {
  const box = await startMailbox(t);
  const world = await prepared(await mailing(t, box));
  await world.close();
  await die(world.dataDir, 'after', box.url);
  const again = await mailing(t, box, world.dataDir, BEFORE);
  again.clock.advance(1_000);
  t.match((await reminders(again))[0], { status: 'claimed' });
  t.same(resultsOf(await run(again)), ['unit before unknown']);
  t.match((await reminders(again))[0], { status: 'unknown' });
  t.equal((await again.office.post(`/v1/reminders/${(await reminders(again))[0]?.id ?? ''}/resend`, { reason: '服务中断' })).status, 201);
  t.same(resultsOf(await run(again)), ['unit before settled']);
});

await test('rules: read as they were set, refused where they cannot be kept', async (t) => {
  const box = await startMailbox(t);
  const world = await prepared(await mailing(t, box));
  t.match(await world.auditor.get('/v1/directives/small/reminders'), {
    status: 200,
    body: { directive: 'small', ...RULES, set: { by: 'office' } },
  });
  t.equal((await world.auditor.get('/v1/directives/sanzhengban-2023-1/reminders')).status, 404, 'none are set');
  t.equal((await world.office.get('/v1/directives/nowhere/reminders')).status, 404);
  const put = (body: object, directive = 'small') => world.office.send<ProblemBody>('PUT', `/v1/directives/${directive}/reminders`, body);
  t.equal((await put(RULES)).status, 200, 'the same again changes nothing');
  t.match(await put({ ...RULES, workingDays: true }), { status: 400, body: { code: 'calendar-missing' } });
  t.match(await put(RULES, 'nowhere'), { status: 404, body: { code: 'directive-unknown' } });
  const [first] = RULES.steps;
  for (const steps of [
    [first, first],
    [{ ...first, when: 'on' }],
    [{ ...first, days: undefined }],
    [{ ...first, times: 2 }],
    [{ ...first, to: [] }],
  ])
    t.match(await put({ ...RULES, steps }), { status: 400, body: { code: 'invalid-input' } }, JSON.stringify(steps));
  const sentences = new Set<string | undefined>();
  for (const at of ['24:00', '25:00', '9:00', '09:60']) {
    const { status, body } = await put({ ...RULES, at });
    t.equal(status, 400, at);
    sentences.add(body.errors?.[0]?.message);
  }
  t.same([...sentences], ['must be HH:MM, up to 23:59'], 'one sentence, which names nothing that is refused');
  t.match(await put({ ...RULES, steps: [first, { ...first, id: 'other', of: ['deadline', 'monthly', 'nosuch'] }] }), {
    status: 400,
    body: { code: 'duty-unknown', errors: [{ pointer: '/steps/1/of/2' }] },
  });
  t.equal(
    (await put({ ...RULES, steps: [{ ...first, of: ['deadline', 'monthly', 'deadline'], to: ['unit', 'office', 'unit'] }] })).status,
    201,
  );
  t.match((await world.auditor.get('/v1/directives/small/reminders')).body, {
    steps: [{ to: ['unit', 'office'], of: ['deadline', 'monthly'] }],
  });
});

await test('duban remind --due sends what is due, and shows it before', async (t) => {
  const box = await startMailbox(t);
  const world = await prepared(await mailing(t, box));
  await world.close();
  const env = { DATA_DIR: world.dataDir, MAIL_FROM: 'duban@example.gov.cn', SMTP_URL: box.url };
  t.match(await runProgram(t, ['remind', '--due', '--dry-run'], env), { code: 0 }, 'by the real clock all of it is long past');
  t.match(await runProgram(t, ['remind'], env), { code: 2 });
  t.match(await runProgram(t, ['remind', '--due'], { DATA_DIR: world.dataDir }), { code: 1, stderr: /SMTP_URL/u });
  t.match(await runProgram(t, ['remind', '--due'], { DATA_DIR: world.dataDir, SMTP_URL: box.url }), { code: 2, stderr: /MAIL_FROM/u });
  t.equal(box.mails().length, 0);
});

await test(
  'duban remind --due says what a person has to look after, and ends with 3',
  { skip: hasFaketime() ? false : NO_FAKETIME },
  async (t) => {
    const box = await startMailbox(t);
    const world = await prepared(await mailing(t, box));
    await world.close();
    const clock = setClock(t);
    const env = { DATA_DIR: world.dataDir, MAIL_FROM: 'duban@example.gov.cn', SMTP_URL: box.url, ...clock.env };
    const remind = (language: string) => runProgram(t, ['remind', '--due'], { ...env, LC_ALL: language });
    const turnTo = (instant: Temporal.Instant): void => clock.offBy(Math.round((instant.epochMilliseconds - Date.now()) / 1000));
    const due = Temporal.Instant.from(BEFORE);

    const contactless = await mailing(t, box, world.dataDir, '2023-03-21T20:00:00+08:00');
    const contacts = (await contactless.office.get<{ readonly id: string }>(`/v1/units/${OWN}/contacts`)).body.id;
    await must(contactless.office.post(`/v1/personal-data/${contacts}/erasure`, { reason: '本人要求', authority: '个人信息保护法' }));
    await contactless.close();
    turnTo(due.add({ minutes: 1 }));
    t.match(await remind('zh_CN.UTF-8'), { code: 3, stdout: /"result":"no-address"/u, stderr: /1项未发出：收件人均无地址/u });

    const reachable = await mailing(t, box, world.dataDir, due.add({ minutes: 4 }).toString());
    await must(reachable.unit(OWN).post('/v1/contacts', { contacts: [{ name: '张三', email: 'zhangsan@example.org' }] }));
    await reachable.close();
    await die(world.dataDir, 'before', box.url, due.add({ minutes: 5 }).toString());
    turnTo(due.add({ minutes: 6 }));
    t.match(await remind('C.UTF-8'), { code: 3, stdout: /"result":"unknown"/u, stderr: /of 1 nobody can tell whether they went/u });
    turnTo(due.add({ minutes: 12 }));
    t.match(await remind('zh_CN.UTF-8'), { code: 3, stderr: /1项是否已发出不明/u }, 'as long as nobody has decided');
  },
);
