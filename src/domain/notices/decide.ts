import {
  accept,
  decideBy,
  reject,
  unreachable,
  whereExists,
  type CommandsOf,
  type Decide,
  type Decider,
  type Decision,
  type OfType,
  type OtherThan,
} from '../../kernel/decider.ts';
import { beforeWhatItAnswers } from '../../kernel/order-of-acts.ts';
import {
  NoticeCorrected,
  NoticeDrafted,
  NoticeIssued,
  NoticeWithdrawn,
  ObjectionAnswered,
  ObjectionRaised,
  type noticeActs,
  type NoticeEvent,
} from './events.ts';
import { noticeFolding, type Notice, type NoticeState } from './state.ts';
import { say } from '../../messages/message.ts';
import { stateSaid } from '../../messages/named.ts';

export type NoticeCommand = CommandsOf<typeof noticeActs>;

type Rule<Type extends NoticeCommand['type']> = Decide<Notice, OfType<NoticeCommand, Type>, NoticeEvent>;

const draftNotice: Decide<NoticeState, OfType<NoticeCommand, 'DraftNotice'>, NoticeEvent> = (notice, { draft }) =>
  notice === null ? accept(NoticeDrafted(draft)) : reject('already-decided', say('notices.notice-this-id-was-drafted'));

/** Only a notice that is in force, issued and not withdrawn, can be corrected, withdrawn or objected to. */
const notInForce = ({ status }: Notice): Decision<never> | undefined => {
  switch (status) {
    case 'drafted':
      return reject('notice-not-issued', say('notices.notice-draft'));
    case 'withdrawn':
      return reject('notice-withdrawn', say('notices.notice-was-withdrawn'));
    case 'issued':
      return undefined;
    default:
      return unreachable(status);
  }
};

const issue: Rule<'IssueNotice'> = ({ status }, { type: _, ...issued }) => {
  if (status !== 'drafted') return reject('notice-issued', say('notices.notice-already', { status: stateSaid(status) }));
  return accept(NoticeIssued(issued));
};

const correct: Rule<'CorrectNotice'> = (notice, { unit, statement, reason, authority }) => {
  if (unit !== null && notice.status === 'issued' && !notice.named.includes(unit))
    return reject('not-named', say('notices.notice-does-not-name', { unit }), { pointer: '/unit' });
  return notInForce(notice) ?? accept(NoticeCorrected({ n: notice.corrections + 1, unit, statement, reason, authority }));
};

const raise: Rule<'RaiseObjection'> = (notice, { unit, text }) => {
  const refused = notInForce(notice);
  if (refused !== undefined) return refused;
  if (!notice.named.includes(unit)) return reject('not-named', say('notices.notice-does-not-name', { unit }), { pointer: '/unit' });
  if (notice.objections.some((objection) => objection.unit === unit && !objection.answered))
    return reject('objection-pending', say('notices.objection-awaits-answer', { unit }));
  return accept(ObjectionRaised({ n: notice.objections.length + 1, unit, text }));
};

const withdraw: Rule<'WithdrawNotice'> = (notice, { reason, authority }) =>
  notInForce(notice) ?? accept(NoticeWithdrawn({ reason, authority }));

/** An objection is answered also after the notice was withdrawn: whoever asked is owed an answer. */
const answer: Rule<'AnswerObjection'> = (notice, { n, upheld, text }, receivedAt) => {
  const objection = notice.objections[n - 1];
  if (objection === undefined) return reject('objection-unknown', say('notices.notice-has-no-objection', { n }));
  if (objection.answered) return reject('already-decided', say('notices.objection-answered-already', { n }));
  return beforeWhatItAnswers(objection.receivedAt, receivedAt) ?? accept(ObjectionAnswered({ n, unit: objection.unit, upheld, text }));
};

const decideNotice = decideBy<NoticeState, NoticeCommand, NoticeEvent>({
  DraftNotice: draftNotice,
  ...whereExists<Notice, OtherThan<NoticeCommand, 'DraftNotice'>, NoticeEvent>(reject('notice-unknown', say('notices.no-such-notice')), {
    IssueNotice: issue,
    CorrectNotice: correct,
    WithdrawNotice: withdraw,
    RaiseObjection: raise,
    AnswerObjection: answer,
  }),
});

export const noticeDecider: Decider<NoticeState, NoticeCommand, NoticeEvent> = { ...noticeFolding, decide: decideNotice };
