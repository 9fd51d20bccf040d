import { test } from 'tap';
import { chineseDate, chineseMoment, chineseNumber, chinesePeriod, percent } from '../../src/publishing/letters/chinese.ts';
import { letterLines } from '../../src/publishing/letters/letter.ts';
import { DEFAULT_TEMPLATE, readTemplate, writeLetter, type Template } from '../../src/publishing/letters/template.ts';
import { FACTS } from './facts.ts';
import { inEnglish } from '../../src/messages/words.ts';

/** The words of a circulation notice. The right words were written by hand from the facts. */

const templateOf = (text: string): Template => {
  const read = readTemplate(text);
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return read.template;
};

await test('the built-in words say who kept all, who was late and by how much, who is missing, with figures', (t) => {
  t.same(letterLines(writeLetter(templateOf(DEFAULT_TEMPLATE), FACTS)), [
    '河政办督〔2024〕3号',
    '关于2024年2月份重点工作进展情况报送的通报',
    '各责任单位：',
    '根据《河州市人民政府办公室关于明确2024年重点工作责任单位的通知》（河政办〔2024〕7号）要求，现将2024年2月份重点工作进展情况报送情况通报如下：',
    '一、总体情况',
    '截至2024年3月5日24时，3个责任单位应报送7项，按时报送4项，逾期报送1项，未报送2项，按时报送率57.1%。另有1项已按时提交、待核定，未计入上述数字。',
    '二、全部按时报送的单位',
    '市教育局全部按时报送。',
    '三、逾期报送的单位',
    '市财政局，应报送2项，按时报送1项，逾期报送1项，最长逾期2天。',
    '四、未报送的单位',
    '市商务局，应报送2项，按时报送0项，未报送2项。',
    '特此通报。',
    '附件：1.责任单位报送情况统计表',
    '2.逾期和未报送事项清单',
    '河州市人民政府办公室',
    '2024年3月6日',
    '附件1',
    '责任单位报送情况统计表',
    '序号\t责任单位\t应报送\t按时\t逾期\t未报送\t按时率',
    '1\t市教育局\t3\t3\t0\t0\t100%',
    '2\t市财政局\t2\t1\t1\t0\t50%',
    '3\t市商务局\t2\t0\t0\t2\t0%',
    '\t合计\t7\t4\t1\t2\t57.1%',
    '附件2',
    '逾期和未报送事项清单',
    '序号\t责任单位\t事项\t报送期\t情况',
    '1\t市财政局\t第12项“办好民生实事”\t2024年2月份\t逾期2天',
    '2\t市商务局\t第3项“激活内需促消费”\t2024年2月份\t未报送',
    '3\t市商务局\t目标第7项“进出口总值”\t2024年2月份\t未报送',
  ]);
  t.end();
});

await test('a draft has no number and no date, an extract says that it is one, and several units are numbered', (t) => {
  const { number, date, title } = writeLetter(templateOf(DEFAULT_TEMPLATE), { ...FACTS, number: null, issuedOn: null, isExtract: true });
  t.same({ number, date, title }, { number: null, date: null, title: '关于2024年2月份重点工作进展情况报送的通报（摘录）' });
  const late = { name: '市财政局', onTime: 1, late: 1, missing: 0, awaiting: 0 };
  const lines = letterLines(
    writeLetter(templateOf('标题：{{标题}}\n{{逾期单位}}'), { ...FACTS, units: [late, { ...late, name: '市科技局' }] }),
  );
  t.same(
    lines.slice(1).map((line) => line.slice(0, 7)),
    ['（一）市财政局', '（二）市科技局'],
  );
  const none = { ...FACTS, units: [{ name: '市教育局', onTime: 0, late: 0, missing: 0, awaiting: 2 }], faults: [] };
  t.match(letterLines(writeLetter(templateOf(DEFAULT_TEMPLATE), none)).join('\n'), /0个责任单位应报送0项.*按时报送率—/u);
  t.end();
});

await test('an office writes it in its own words, and is told by line what is not there', (t) => {
  const own = templateOf(
    '文号：{{文号}}\r\n标题： 督查通报（{{期间}}）\r\n# 一、情况\r\n\r\n{{期间}}应报{{应报数}}项，按时率{{按时率}}。\r\n## （一）名单\r\n{{ 未报送单位 }}',
  );
  t.same(letterLines(writeLetter(own, FACTS)), [
    '河政办督〔2024〕3号',
    '督查通报（2024年2月份）',
    '一、情况',
    '2024年2月份应报7项，按时率57.1%。',
    '（一）名单',
    '市商务局，应报送2项，按时报送0项，未报送2项。',
  ]);
  const faults = (text: string): readonly string[] => {
    const read = readTemplate(text);
    return read.ok ? [] : read.faults.map(({ line, message }) => `${line}: ${inEnglish(message)}`);
  };
  t.match(faults('标题：{{标题}}\n{{没有}}'), [/^2: there is no \{\{没有\}\}; there are 标题, /u]);
  t.match(faults('正文'), ['1: no line begins with 标题：']);
  t.match(faults('标题：x\n见{{事项清单}}。'), ['2: {{事项清单}} stands on a line alone']);
  t.match(faults('标题：x\n{{期间'), ['2: a {{ or }} without its other half']);
  t.match(faults('标题：x\n{{constructor}}'), [/^2: there is no/u]);
  t.end();
});

await test('days, periods, numbers and shares as offices write them', (t) => {
  t.equal(chineseDate('2023-06-05'), '2023年6月5日');
  t.equal(chineseMoment(Date.parse('2023-06-05T01:00:00Z'), 'Asia/Shanghai'), '2023年6月5日9时');
  t.equal(chineseMoment(Date.parse('2023-06-05T01:30:00Z'), 'Asia/Shanghai'), '2023年6月5日9时30分');
  t.same(['2023-05', '2023-Q1', '2023-H2', '2023', '2023-W07', '2023-03-T1', '2023-03-T3'].map(chinesePeriod), [
    '2023年5月份',
    '2023年第一季度',
    '2023年下半年',
    '2023年度',
    '2023年第7周',
    '2023年3月上旬',
    '2023年3月下旬',
  ]);
  t.same([1, 10, 11, 20, 21, 99].map(chineseNumber), ['一', '十', '十一', '二十', '二十一', '九十九']);
  t.same(
    [percent(1, 3), percent(2, 3), percent(1, 1), percent(1999, 2000), percent(0, 5), percent(0, 0)],
    ['33.3%', '66.7%', '100%', '99.9%', '0%', '—'],
  );
  t.end();
});
