import type { NoticeFacts } from '../../src/domain/notices/letter-facts.ts';

/** Of three units: one kept all, one was late, one is missing two and waits for the office with a third. */
export const FACTS: NoticeFacts = {
  number: '河政办督〔2024〕3号',
  issuedOn: '2024-03-06',
  title: '关于2024年2月份重点工作进展情况报送的通报',
  directive: {
    title: '河州市人民政府办公室关于明确2024年重点工作责任单位的通知',
    number: '河政办〔2024〕7号',
    issuer: '河州市人民政府办公室',
  },
  period: '2024-02',
  at: Date.parse('2024-03-05T16:00:00Z') - 1,
  timeZone: 'Asia/Shanghai',
  units: [
    { name: '市教育局', onTime: 3, late: 0, missing: 0, awaiting: 0 },
    { name: '市财政局', onTime: 1, late: 1, missing: 0, awaiting: 0 },
    { name: '市商务局', onTime: 0, late: 0, missing: 2, awaiting: 1 },
  ],
  faults: [
    { unit: '市财政局', task: '第12项“办好民生实事”', period: '2024-02', daysLate: 2 },
    { unit: '市商务局', task: '第3项“激活内需促消费”', period: '2024-02', daysLate: null },
    { unit: '市商务局', task: '目标第7项“进出口总值”', period: '2024-02', daysLate: null },
  ],
  isExtract: false,
};
