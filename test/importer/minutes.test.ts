import { test } from 'tap';
import { readDocument } from '../../src/importer/read-document.ts';
import { sourceOf } from './cases.ts';
import { bytesOf } from './documents.ts';

/** Minutes of a meeting say in their sentences who is to do what. What is not read as a task there waits for a person. */

const MINUTES = `洛川市人民政府市长办公会议纪要
〔2026〕12号
现将议定事项纪要如下：
一、会议听取了市住建局关于城市供热工作的汇报。会议决定：
1.由市住建局牵头，市财政局、市城管局配合，12月10日前完成老旧管网改造18公里。
二、会议研究了农民工工资支付工作。会议要求：
（一）市人社局要于12月20日前摸清底数，建立台账。
（二）各县（市、区）政府要落实属地责任，确保春节前欠薪动态清零。
三、会议原则同意《洛川市城市更新条例（草案）》，由市司法局按程序报市人大常委会审议。
洛川市人民政府办公室
2026年11月28日`;

await test('what is numbered and says who is to do something is a task, or a person is asked', async (t) => {
  const { items, findings } = readDocument(await sourceOf(bytesOf(MINUTES), 'minutes.txt'));
  const asked = findings.filter(({ kind, blocks }) => kind === 'prose-set-aside' && blocks).map(({ address }) => address);
  for (const [start, address] of [
    ['摸清底数', 'line 7'],
    ['落实属地责任', 'line 8'],
    ['按程序报', 'line 9'],
  ] as const)
    t.ok(asked.includes(address) || items.some(({ text }) => text.includes(start)), address);
  t.notOk(asked.includes('line 6'), 'what a meeting spoke of is no task');
});
