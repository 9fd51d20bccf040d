import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'tap';
import { publications } from '../../projections/publications.ts';
import { documentOf, noticeFactsOf } from '../../src/application/notices/letter.ts';
import { noticeDecider } from '../../src/domain/notices/decide.ts';
import { noticeStream } from '../../src/domain/notices/state.ts';
import { tableOf } from '../../src/projecting/projection.ts';
import { OTHER, OWN, REPORT } from '../support/acts.ts';
import { readNoticeTemplate } from '../../src/main/notice-template.ts';
import { docxWords } from '../../src/publishing/letters/docx-words.ts';
import { openWorld, recorded, type World } from '../support/app.ts';
import { SMALL, smallDirective } from '../support/small-directive.ts';

/** The circulation notice as a letter, over HTTP. */

const KEPT = 'shi-shang-wu-ju';

/** Three units owe a report on March: one is late by two days, one is missing, one has reported in time. */
const drafted = async (t: Parameters<typeof openWorld>[0]): Promise<{ readonly world: World; readonly notice: string }> => {
  const world = await openWorld(t, { at: '2023-03-20T09:00:00+08:00' });
  await smallDirective(world.office, { [`t-${OWN}`]: [OWN], [`t-${OTHER}`]: [OTHER], [`t-${KEPT}`]: [KEPT] });
  const report = (unit: string, receivedAt: string) =>
    recorded(world.office.post(`/v1/tasks/t-${unit}/reports`, { unit, period: '2023-03', ...REPORT, receivedAt, basis: '纸质报送' }));
  await recorded(world.unit(KEPT).post(`/v1/tasks/t-${KEPT}/reports`, { period: '2023-03', ...REPORT }));
  world.clock.set('2023-03-28T09:00:00+08:00');
  await report(OWN, '2023-03-27T09:00:00+08:00');
  const { subject: snapshot } = await recorded(
    world.office.post('/v1/snapshots', { directive: SMALL, period: '2023-03', on: '2023-03-27' }),
  );
  const { subject } = await recorded(world.office.post('/v1/notices', { snapshot }));
  return { world, notice: `/v1/notices/${subject}` };
};

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

await test('an issued notice is a file: its bytes are kept and cited, its words say who and by how much, by title, not id', async (t) => {
  const { world, notice } = await drafted(t);
  const draft = docxWords((await world.office.get(`${notice}?format=docx`)).bytes);
  t.notOk(
    draft?.some((line) => line.includes('通报〔2023〕3号')),
    'a draft has no number yet',
  );
  await recorded(world.office.post(`${notice}/issue`, { number: '通报〔2023〕3号' }));
  const { document } = (await world.office.get<{ readonly document: { readonly sha256: string; readonly size: number } }>(notice)).body;
  const file = await world.office.get(notice, { accept: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' });
  t.equal(file.headers['content-type'], 'application/vnd.openxmlformats-officedocument.wordprocessingml.document');
  t.match(file.headers['content-disposition'], /^attachment; filename="notice_.*\.docx"; filename\*=UTF-8''/u);
  t.equal(sha256(file.bytes), document.sha256);
  t.equal(file.bytes.length, document.size);
  t.same((await world.office.get(`${notice}?format=docx`)).bytes, file.bytes, 'the same file again');
  t.same((await world.auditor.get(`${notice}?format=docx`)).bytes, file.bytes);
  const words = docxWords(file.bytes) ?? [];
  t.equal(words[0], '通报〔2023〕3号');
  t.equal(words[1], '关于2023年3月份重点工作进展情况报送的通报');
  const text = words.join('\n');
  t.match(text, '3个责任单位应报送3项，按时报送1项，逾期报送1项，未报送1项，按时报送率33.3%。');
  t.match(text, '市商务局全部按时报送。');
  t.match(text, '第1项“工作1”\t2023年3月份\t逾期2天');
  t.match(text, '第2项“工作2”\t2023年3月份\t未报送');
  t.match(text, '市政府办公室\n2023年3月28日');
  t.notMatch(text, /t-shi-/u);
  const page = await world.office.get(`${notice}?format=html`);
  t.match(page.headers, {
    'content-type': 'text/html; charset=utf-8',
    'content-disposition': /^inline/u,
    'content-security-policy': /style-src 'unsafe-inline'/u,
  });
  t.match(page.text, '3个责任单位应报送3项');
});

await test('a unit gets an extract with what is said of itself; the file, its digest and its facts stay with the office', async (t) => {
  const { world, notice } = await drafted(t);
  await recorded(world.office.post(`${notice}/issue`, { number: '通报〔2023〕3号' }));
  t.match((await world.unit(OWN).get(notice)).body, { document: null });
  const words = (docxWords((await world.unit(OWN).get(`${notice}?format=docx`)).bytes) ?? []).join('\n');
  t.match(words, '关于2023年3月份重点工作进展情况报送的通报（摘录）');
  t.match(words, '第1项“工作1”\t2023年3月份\t逾期2天');
  t.notMatch(words, '工作2');
  t.match(words, '3个责任单位应报送3项，按时报送1项，逾期报送1项，未报送1项，按时报送率33.3%。', 'the sums are those of the notice');
  t.match(words, '共有1个单位全部按时报送，从略。');
  t.match(words, '共有1个单位未报送，从略。');
  t.match(words, '\t其余2个单位\t2\t1\t0\t1\t50%\n\t合计\t3\t1\t1\t1\t33.3%');
  t.match(words, '其他单位的1项，从略。');
  const { lines } = (await world.office.get<{ readonly lines: readonly { readonly unit: string; readonly name: string }[] }>(notice)).body;
  for (const { unit, name } of lines) t.equal(words.includes(name), unit === OWN, `${name} is named to itself alone`);
  t.notMatch(words, '市商务局', 'nor who kept all');
  t.notMatch(words, '没有单位');
  t.equal((await world.unit(KEPT).get(`${notice}?format=docx`)).status, 404, 'who is not named sees no letter');
  const { document } = (await world.office.get<{ readonly document: { readonly sha256: string } }>(notice)).body;
  t.equal((await world.unit(OWN).get(`/v1/attachments/${document.sha256}`)).status, 404);
  const log = await world.unit(OWN).get(`/v1/log/events?type=NoticeIssued`);
  t.notMatch(log.text, '工作2');
});

await test('an issued notice calls its tasks as it did when it was issued, whatever they are called now', async (t) => {
  const { world, notice } = await drafted(t);
  await world.settled();
  const { services } = world.duban();
  const id = notice.split('/').at(-1) ?? '';
  const doc = services.views.one(tableOf(publications, 'notice'), { notice: id }, world.head())?.doc;
  if (doc === undefined) throw new Error('there is no draft');
  const issued = { number: '通报〔2023〕3号', issuedOn: '2023-03-28' };
  const facts = noticeFactsOf(services, { ...doc, ...issued });
  const faults = facts.faults.map((fault) => ({ ...fault, task: '第9项“旧称”' }));
  const { document } = await documentOf(services.letterTemplate, { ...facts, faults });
  const receivedAt = Temporal.Instant.from('2023-03-28T10:00:00+08:00');
  const meta = { actor: { sub: 'clerk', role: 'office' }, receivedAt } as const;
  await services.handler.handle(noticeDecider, noticeStream(id), { type: 'IssueNotice', ...issued, document }, meta);
  for (const reader of [world.office, world.unit(OWN)]) {
    const { text } = await reader.get(`${notice}?format=html`);
    t.match(text, '第9项“旧称”');
    t.notMatch(text, '工作1');
  }
});

await test('a printed number means one notice, whatever its brackets; a withdrawn notice keeps its own', async (t) => {
  const { world, notice } = await drafted(t);
  const { snapshot } = (await world.office.get<{ readonly snapshot: string }>(notice)).body;
  const more = await Promise.all([1, 2].map(() => recorded(world.office.post('/v1/notices', { snapshot }))));
  const [second = '', third = ''] = more.map(({ subject }) => `/v1/notices/${subject}`);
  const NUMBER = '通报〔2023〕3号';
  await recorded(world.office.post(`${notice}/issue`, { number: NUMBER }));
  const taken = {
    status: 409,
    body: { code: 'notice-number-taken', detail: new RegExp(notice.split('/').at(-1) ?? '-', 'u'), errors: [{ pointer: '/number' }] },
  };
  t.match(await world.office.post(`${second}/issue`, { number: NUMBER }), taken);
  t.match(await world.office.post(`${second}/issue`, { number: '通报[2023]3号' }), taken);
  const etag = String((await world.office.get(notice)).headers['etag']);
  await recorded(world.office.post(`${notice}/withdrawal`, { reason: '数字有误', authority: '市政府办公室' }, { 'if-match': etag }));
  t.match(await world.office.post(`${second}/issue`, { number: NUMBER }), taken, 'its letter was sent out under it');
  t.match((await world.office.get(second)).body, { status: 'drafted', number: null });
  const both = await Promise.all([second, third].map((one) => world.office.post(`${one}/issue`, { number: '通报〔2023〕4号' })));
  t.same(
    both.map(({ status }) => status).toSorted((one, other) => one - other),
    [201, 409],
    'of two at once, one has it',
  );
});

await test('a template that cannot be used is told when the service starts, with the line', (t) => {
  const path = join(mkdtempSync(join(tmpdir(), 'duban-template-')), 'notice.txt');
  writeFileSync(path, '标题：{{标题}}\n{{没有的}}\n');
  t.throws(
    () => readNoticeTemplate(path),
    /NOTICE_TEMPLATE .*notice\.txt cannot be used: line 2: there is no \{\{没有的\}\}; there are 标题, /u,
  );
  t.throws(() => readNoticeTemplate(`${path}.not`), /notice\.txt\.not is not there \(ENOENT\)$/u);
  writeFileSync(path, '\uFEFF标题：{{标题}}\r\n{{总体情况}}\r\n');
  t.equal(readNoticeTemplate(path).template.lines.length, 2);
  t.end();
});
