import mammoth from 'mammoth';
import { test } from 'tap';
import { docxWords } from '../../src/publishing/letters/docx-words.ts';
import { handTask, OTHER, OWN } from '../support/acts.ts';
import { openWorld, recorded, SEED_DIRECTIVE, type World } from '../support/app.ts';
import { lacks, printed, textOf } from '../support/printed.ts';

/** An inspection's conclusion as a letter, over HTTP. */

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** Two units, a finding about each; the one of OWN is to be rectified by a day, that of OTHER without one. */
const inspected = async (t: Parameters<typeof openWorld>[0]): Promise<{ readonly world: World; readonly url: string }> => {
  const world = await openWorld(t, { at: '2023-04-10T09:00:00+08:00' });
  await recorded(world.office.post('/v1/tasks', { ...handTask('own'), number: 12, text: '狠抓项目扩投资。' }));
  const { subject } = await recorded(
    world.office.post('/v1/inspections', {
      directive: SEED_DIRECTIVE,
      title: '一季度督查',
      plan: '现场查看',
      team: ['督查一组'],
      units: [OWN, OTHER],
      tasks: ['own'],
    }),
  );
  const url = `/v1/inspections/${subject}`;
  await recorded(world.office.post(`${url}/findings`, { unit: OWN, task: 'own', text: '台账不全' }));
  await recorded(world.office.post(`${url}/findings`, { unit: OTHER, text: '未报方案' }));
  return { world, url };
};

const concluded = async (t: Parameters<typeof openWorld>[0]): Promise<{ readonly world: World; readonly url: string }> => {
  const { world, url } = await inspected(t);
  await recorded(world.office.post(`${url}/conclusion`, { text: '总体进展良好，限期整改。' }));
  await recorded(world.office.post(`${url}/rectifications`, { finding: 1, text: '补齐台账', due: '2023-05-31' }));
  await recorded(world.office.post(`${url}/rectifications`, { finding: 2, text: '补报方案' }));
  return { world, url };
};

await test('a conclusion is a letter: findings by printed number and title, deadlines in Chinese form, what the JSON counts', async (t) => {
  const { world, url } = await concluded(t);
  const file = await world.office.get(url, { accept: DOCX });
  t.match(file, { status: 200, headers: { 'content-type': DOCX } });
  t.match(file.headers['content-disposition'], /^attachment; filename="inspection_.*\.docx"; filename\*=UTF-8''/u);
  const lines = docxWords(file.bytes) ?? [];
  const { body } = await world.office.get<{ readonly findings: readonly object[]; readonly open: number }>(url);
  t.equal(lines[0], '一季度督查结论');
  t.match(lines.join('\n'), `共发现问题${body.findings.length}项，如下：`);
  t.match(lines.join('\n'), `共提出整改要求2项，其中${body.open}项尚未核实整改到位。`);
  t.ok(lines.includes('总体进展良好，限期整改。'));
  t.ok(
    lines.some((line) => /^1\t.+\t第12项“狠抓项目扩投资”\t台账不全$/u.test(line)),
    'the finding',
  );
  t.ok(
    lines.some((line) => /^1\t.+\t补齐台账\t2023年5月31日\t待整改$/u.test(line)),
    'its deadline',
  );
  t.ok(
    lines.some((line) => /^2\t.+\t补报方案\t未定时限\t待整改$/u.test(line)),
    'no deadline',
  );
  t.equal(lines.at(-1), '2023年4月10日', 'the day of the conclusion');
  t.notMatch(lines.join('\n'), /\bown\b|shi-/u, 'no ids');
  const { value, messages } = await mammoth.extractRawText({ buffer: Buffer.from(file.bytes) });
  t.same(
    messages.filter(({ type }) => type === 'error'),
    [],
  );
  t.match(value, '狠抓项目扩投资');
  t.same((await world.office.get(`${url}?format=docx`)).bytes, file.bytes, 'the same letter is the same file');
  const page = await world.office.get(url, { accept: 'text/html' });
  t.match(page.headers, { 'content-type': 'text/html; charset=utf-8', 'content-disposition': /^inline/u });
  t.match(page.text, '<td>2023年5月31日</td>');
  t.match(await world.office.get(url, { accept: 'text/csv' }), { status: 406, body: { code: 'not-acceptable' } });
});

await test('before it is issued a conclusion has no addressee and no day, and says so', async (t) => {
  const { world, url } = await inspected(t);
  const lines = docxWords((await world.office.get(`${url}?format=docx`)).bytes) ?? [];
  t.equal(lines[0], '一季度督查情况（未作结论）');
  t.ok(lines.includes('尚未作出结论。') && lines.includes('未提出整改要求。'));
  t.notOk(
    lines.some((line) => line.endsWith('：') && !line.includes('如下')),
    'goes to nobody yet',
  );
  t.notOk(lines.includes('2023年4月10日'));
});

await test('a unit’s copy of a conclusion is about itself, and who was not inspected gets none', async (t) => {
  const { world, url } = await concluded(t);
  const words = (docxWords((await world.unit(OWN).get(`${url}?format=docx`)).bytes) ?? []).join('\n');
  t.match(words, '一季度督查结论（摘录）');
  t.match(words, '共发现问题1项');
  t.match(words, '台账不全');
  t.notMatch(words, /未报方案|补报方案/u);
  t.equal((await world.unit('shi-shang-wu-ju').get(`${url}?format=docx`)).status, 404);
});

await test('LibreOffice prints a conclusion without a warning, its tables whole', { skip: lacks }, async (t) => {
  const { world, url } = await concluded(t);
  const { bytes } = await world.office.get(`${url}?format=docx`);
  const pdf = printed('conclusion.docx', bytes);
  const text = `${textOf(pdf, 1)}${textOf(pdf, 2)}`.replaceAll(/\s+/gu, '');
  for (const said of ['一季度督查结论', '台账不全', '2023年5月31日']) t.match(text, said);
});
