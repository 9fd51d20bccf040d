import { test } from 'tap';
import { readDocument } from '../../src/importer/read-document.ts';
import { bytesOf } from './documents.ts';
import { sourceOf } from './cases.ts';

/** The red head of an official document (…文件) is no title, and its days are of the year whose work the title names. */

const BODY = `各有关单位：
现印发给你们。
1.开工项目3个，3月底前完成。（市发展改革委牵头）
2.竣工项目5个，5月底前完成。（市财政局牵头）
洛川市人民政府办公室
2026年12月1日`;

const read = async (head: string) => readDocument(await sourceOf(bytesOf(`${head}\n${BODY}`), 'notice.txt'));

const TITLE = '洛川市人民政府办公室关于印发2027年重点项目任务分工的通知';

await test('a letterhead is passed over, the title is read below the number, and days are of the year that it names', async (t) => {
  for (const [head, title] of [
    [`洛川市人民政府办公室文件\n\n洛政办〔2026〕40号\n\n${TITLE.replace('关于', '\n关于')}\n`, TITLE],
    [`洛川市人民政府办公室文件\n洛政办〔2026〕40号\n${TITLE}`, TITLE],
    [`洛川市人民政府办公室 文 件\n洛政办〔2026〕40号\n${TITLE}`, TITLE],
    [`洛川市人民政府办公室\n文 件\n洛政办〔2026〕40号\n${TITLE}`, TITLE],
    [`洛川市人民政府办公室文件\n洛政办〔2026〕40号\n关于做好2027年重点项目有关工作的通知`, '关于做好2027年重点项目有关工作的通知'],
  ] as const) {
    // oxlint-disable-next-line no-await-in-loop -- one after another
    const { directive, items, lines } = await read(head);
    t.same(directive, { number: '洛政办〔2026〕40号', title, issuer: '洛川市人民政府办公室', date: '2026-12-01' }, head);
    t.same(
      items.map(({ deadline }) => deadline?.date),
      ['2027-03-31', '2027-05-31'],
      head,
    );
    t.equal(lines[0]?.use, 'noise');
  }
});

await test('a day that falls before its document by a guessed year waits for a person', async (t) => {
  const { items, findings } = await read('洛川市人民政府办公室关于做好重点项目有关工作的通知\n洛政办〔2026〕40号');
  t.same(
    items.map(({ deadline }) => deadline?.date),
    ['2026-03-31', '2026-05-31'],
    'nothing names another year',
  );
  t.equal(findings.filter(({ kind, blocks }) => kind === 'date-order' && blocks).length, 2);
});

await test('a title that speaks of 文件 is a title', async (t) => {
  const { directive } = await read('洛川市人民政府办公室关于清理规范性文件的通知\n洛政办〔2026〕40号');
  t.equal(directive.title, '洛川市人民政府办公室关于清理规范性文件的通知');
});
