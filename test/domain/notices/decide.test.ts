import { test } from 'tap';
import { noticeDecider } from '../../../src/domain/notices/decide.ts';
import { NAMING_RULE } from '../../../src/domain/notices/draft.ts';
import {
  NoticeCorrected,
  NoticeDrafted,
  NoticeIssued,
  NoticeWithdrawn,
  ObjectionAnswered,
  ObjectionRaised,
  type NoticeEvent,
} from '../../../src/domain/notices/events.ts';
import { FINANCE, SCIENCE } from '../compliance/fixtures.ts';
import { given, unreached } from '../../support/given.ts';

const line = (unit: string) => ({ unit, name: unit, owed: 1, onTime: 0, late: [], missing: [{ task: 'task-1', period: '2023-03' }] });
const draft = {
  snapshot: 'snapshot-1',
  snapshotDigest: 'a'.repeat(64),
  directive: 'sanzhengban-2023-1',
  period: '2023-03',
  position: 412,
  on: '2023-04-05',
  rule: NAMING_RULE,
  title: '关于3月份进展报告报送情况的通报',
  lines: [line(SCIENCE), line(FINANCE)],
};
const drafted = NoticeDrafted(draft);
const issued = NoticeIssued({ number: '三政办〔2023〕9号', issuedOn: '2023-04-11' });
const withdrawn = NoticeWithdrawn({ reason: '统计有误', authority: '市政府办公室' });
const objected = ObjectionRaised({ n: 1, unit: SCIENCE, text: '已按时报送纸质件' });
const answered = ObjectionAnswered({ n: 1, unit: SCIENCE, upheld: true, text: '属实' });

const draftNotice = { type: 'DraftNotice', draft } as const;
const issue = { type: 'IssueNotice', number: '三政办〔2023〕9号', issuedOn: '2023-04-11' } as const;
const correct = (unit: string | null) =>
  ({ type: 'CorrectNotice', unit, statement: '市科技局已按时报送', reason: '核实', authority: '市政府办公室' }) as const;
const withdraw = { type: 'WithdrawNotice', reason: '统计有误', authority: '市政府办公室' } as const;
const object = (unit: string) => ({ type: 'RaiseObjection', unit, text: '已按时报送纸质件' }) as const;
const answer = (n: number) => ({ type: 'AnswerObjection', n, upheld: true, text: '属实' }) as const;

const notice = (...events: NoticeEvent[]) => given(noticeDecider, events);

await test('a notice is drafted once and issued once', async (t) => {
  await notice().when(draftNotice).then([drafted])(t);
  await notice(drafted).when(draftNotice).thenRejected('already-decided')(t);
  await notice(drafted, issued).when(draftNotice).thenRejected('already-decided')(t);
  await notice(drafted, issued, withdrawn).when(draftNotice).thenRejected('already-decided')(t);
  await notice(drafted).when(issue).then([issued])(t);
  await notice().when(issue).thenRejected('notice-unknown')(t);
  await notice(drafted, issued).when(issue).thenRejected('notice-issued')(t);
  await notice(drafted, issued, withdrawn).when(issue).thenRejected('notice-issued')(t);
});

await test('what stands is corrected as often as needed, about a unit that it names or as a whole', async (t) => {
  const corrected = (n: number, unit: string | null) =>
    NoticeCorrected({ n, unit, statement: '市科技局已按时报送', reason: '核实', authority: '市政府办公室' });
  await notice(drafted, issued)
    .when(correct(SCIENCE))
    .then([corrected(1, SCIENCE)])(t);
  await notice(drafted, issued, corrected(1, SCIENCE))
    .when(correct(null))
    .then([corrected(2, null)])(t);
  await notice(drafted, issued).when(correct('unheard-of')).thenRejected('not-named', '/unit')(t);
  await notice(drafted).when(correct(SCIENCE)).thenRejected('notice-not-issued')(t);
  await notice(drafted, issued, withdrawn).when(correct(SCIENCE)).thenRejected('notice-withdrawn')(t);
  await notice().when(correct(SCIENCE)).thenRejected('notice-unknown')(t);
});

await test('what stands is withdrawn once', async (t) => {
  await notice(drafted, issued).when(withdraw).then([withdrawn])(t);
  await notice(drafted, issued, withdrawn).when(withdraw).thenRejected('notice-withdrawn')(t);
  await notice(drafted).when(withdraw).thenRejected('notice-not-issued')(t);
  await notice().when(withdraw).thenRejected('notice-unknown')(t);
});

await test('a unit objects to what names it, one objection at a time', async (t) => {
  await notice(drafted, issued).when(object(SCIENCE)).then([objected])(t);
  await notice(drafted, issued, objected).when(object(SCIENCE)).thenRejected('objection-pending')(t);
  await notice(drafted, issued, objected)
    .when(object(FINANCE))
    .then([ObjectionRaised({ ...objected.data, n: 2, unit: FINANCE })])(t);
  await notice(drafted, issued, objected, answered)
    .when(object(SCIENCE))
    .then([ObjectionRaised({ ...objected.data, n: 2 })])(t);
  await notice(drafted, issued).when(object('unheard-of')).thenRejected('not-named', '/unit')(t);
  await notice(drafted).when(object(SCIENCE)).thenRejected('notice-not-issued')(t);
  await notice(drafted, issued, withdrawn).when(object(SCIENCE)).thenRejected('notice-withdrawn')(t);
});

await test('an objection is answered once, also after the notice was withdrawn', async (t) => {
  await notice(drafted, issued, objected).when(answer(1)).then([answered])(t);
  await notice(drafted, issued, objected, withdrawn).when(answer(1)).then([answered])(t);
  await notice(drafted, issued, objected, answered).when(answer(1)).thenRejected('already-decided')(t);
  await notice(drafted, issued, objected).when(answer(2)).thenRejected('objection-unknown')(t);
  await notice().when(answer(1)).thenRejected('notice-unknown')(t);
});

await test('every refusal about notices is reached above', async (t) => t.same(unreached('src/domain/notices/decide.ts'), []));
