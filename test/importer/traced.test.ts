import { test } from 'tap';
import { dice } from '../../seed/demo-random.ts';
import type { DocumentReading } from '../../src/importer/document-reading.ts';
import { readDocument } from '../../src/importer/read-document.ts';
import { casesIn, sourceOf, textOf } from './cases.ts';
import { utf8 } from '../documents/reading.ts';
import { mutate } from './mutations.ts';
import { lostIn, toldAt } from './traced.ts';

/** Not only has every line its use: every letter of it is in what was read, or a finding about that line says that it is not. */

const MUTATIONS = 600;
const cases = await casesIn();

await test('every letter of a document is in a field of what was read', async (t) => {
  for (const { id, source } of cases) t.same(lostIn(readDocument(source)), [], id);
});

await test('of a damaged document too, or a person is told at that very line', async (t) => {
  const texts = cases.filter(({ expected }) => /\.(?:txt|csv)$/u.test(expected.source));
  const { roll } = dice(77);
  const pick = (below: number): number => Math.floor(roll() * below);
  for (let tried = 0; tried < MUTATIONS;) {
    const chosen = texts[pick(texts.length)];
    const mutation = chosen === undefined ? null : mutate(textOf(chosen.bytes), pick);
    if (chosen === undefined || mutation === null) continue;
    tried += 1;
    // oxlint-disable-next-line no-await-in-loop -- one after another, so that the chance is the same in every run
    const reading = readDocument(await sourceOf(utf8(mutation.text), chosen.expected.source));
    const lost = lostIn(reading).filter(({ address }) => !toldAt(reading, address));
    if (lost.length > 0) t.same(lost, [], `${chosen.id}, ${mutation.kind}: ${mutation.text}`);
  }
  t.pass(`${MUTATIONS} damaged documents`);
});

const read = async (lines: readonly string[]): Promise<DocumentReading> => readDocument(await sourceOf(utf8(lines.join('\n')), 'a.txt'));

await test('labels of a second item whose number is missing are kept and asked about', async (t) => {
  const { items, findings } = await read([
    '白石县人民政府关于下达2024年重点工作任务的通知',
    '白政发〔2024〕6号',
    '第1项 新建高标准农田3万亩。',
    '责任单位：县农业农村局',
    '工作目标：6月底前完成设计。',
    '完成时限：2024年11月底前',
    '全面推行林长制',
    '责任单位：县林业局',
    '工作目标：建立巡林制度。',
    '完成时限：2024年12月底前',
    '第2项 新建公路30公里。',
    '责任单位：县交通局',
    '完成时限：2024年10月底前',
    '2024年3月1日',
  ]);
  t.match(items[0], { deadline: { printed: '2024年12月底前' }, milestones: [{ printed: '2024年11月底前' }] });
  t.equal(items[0]?.extra['工作目标'], '6月底前完成设计；建立巡林制度。');
  t.ok(findings.some(({ kind, address, blocks }) => kind === 'label-repeated' && address === 'line 8' && blocks));
});
