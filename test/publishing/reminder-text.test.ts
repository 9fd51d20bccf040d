import { test } from 'tap';
import { reminderText, type ReminderFacts } from '../../src/publishing/reminders/text.ts';

/** The mail of a reminder, in Chinese and in English: the same facts, each as it is written. */

const FACTS: ReminderFacts = {
  to: '市教育局',
  directive: { title: '关于明确责任单位的通知', number: '三政办〔2023〕1号', issuer: '三门峡市人民政府办公室' },
  duty: '月报',
  period: '2023-03',
  dueDay: '2023-03-30',
  day: '2023-03-28',
  isOverdue: false,
  units: [{ name: '市教育局', tasks: ['办好\r\nBcc: 民生实事', '建设学校'] }],
};
const LATE: ReminderFacts = { ...FACTS, isOverdue: true, day: '2023-04-02' };

await test('in Chinese it is as an office writes', (t) => {
  t.same(reminderText(FACTS, 'zh'), {
    subject: '【催办提醒】2023年3月份月报报送（三政办〔2023〕1号）',
    text: [
      '市教育局：',
      '',
      '　　根据《关于明确责任单位的通知》（三政办〔2023〕1号），下列事项应按时报送2023年3月份月报。截止日为2023年3月30日，尚未收到，请按时办理。',
      '',
      '1. 办好 Bcc: 民生实事',
      '2. 建设学校',
      '',
      '三门峡市人民政府办公室',
      '2023年3月28日',
    ].join('\n'),
  });
  t.match(reminderText(LATE, 'zh'), { subject: /^【逾期催办】/u, text: /截止日为2023年3月30日，现已逾期3天/u });
  t.match(reminderText({ ...FACTS, day: '2023-03-30' }, 'zh').text, /截止日为今天（2023年3月30日）/u);
  t.match(reminderText({ ...FACTS, duty: null }, 'zh'), { subject: /重点工作办理时限/u, text: /下列事项应按时完成。/u });
  t.end();
});

await test('in English it says the same', (t) => {
  t.same(reminderText(FACTS, 'en'), {
    subject: '[Reminder] 月报 for 2023-03 (三政办〔2023〕1号)',
    text: [
      '市教育局:',
      '',
      'Under 关于明确责任单位的通知 (三政办〔2023〕1号), 月报 for 2023-03 is to be filed in time on what follows. ' +
        'It is due by 2023-03-30 and has not been received: please see to it in time.',
      '',
      '1. 办好 Bcc: 民生实事',
      '2. 建设学校',
      '',
      '三门峡市人民政府办公室',
      '2023-03-28',
    ].join('\n'),
  });
  t.match(reminderText(LATE, 'en'), { subject: /^\[Overdue\] /u, text: /is now 3 days late/u });
  t.end();
});

await test('to who answers for several units it counts, and no mail lists everything', (t) => {
  const units = Array.from({ length: 60 }, (_, n) => ({ name: `单位${n}`, tasks: ['甲', '乙'] }));
  const [zh, en] = [reminderText({ ...FACTS, units }, 'zh').text, reminderText({ ...FACTS, units }, 'en').text];
  t.match(zh, /^50\. 单位49：2项\n……另有10项$/mu);
  t.match(en, /^50\. 单位49: 2 tasks\n… and 10 more$/mu);
  t.notMatch(zh, /单位50/u);
  t.end();
});
