import { accept, reject, unreachable, type Decide, type Decider, type Decision } from '../../kernel/decider.ts';
import {
  NoticeCorrected,
  NoticeDrafted,
  NoticeIssued,
  NoticeWithdrawn,
  ObjectionAnswered,
  ObjectionRaised,
  type NoticeEvent,
} from './events.ts';
import { noticeFolding, type Notice } from './state.ts';

export type DraftNotice = { readonly type: 'DraftNotice'; readonly draft: Extract<NoticeEvent, { type: 'NoticeDrafted' }>['data'] };
export type IssueNotice = { readonly type: 'IssueNotice'; readonly number: string; readonly issuedOn: string };
export type CorrectNotice = {
  readonly type: 'CorrectNotice';
  readonly unit: string | null;
  readonly statement: string;
  readonly reason: string;
  readonly authority: string;
};
export type WithdrawNotice = { readonly type: 'WithdrawNotice'; readonly reason: string; readonly authority: string };
export type RaiseObjection = { readonly type: 'RaiseObjection'; readonly unit: string; readonly text: string };
export type AnswerObjection = { readonly type: 'AnswerObjection'; readonly n: number; readonly upheld: boolean; readonly text: string };
export type NoticeCommand = DraftNotice | IssueNotice | CorrectNotice | WithdrawNotice | RaiseObjection | AnswerObjection;

type Rule<Command> = Decide<Notice, Command, NoticeEvent>;

/** Only what was issued can be corrected, withdrawn or objected to. */
const notStanding = ({ status }: Notice): Decision<never> | undefined => {
  switch (status) {
    case 'none':
      return reject('notice-unknown', 'no such notice');
    case 'drafted':
      return reject('notice-not-issued', 'the notice is a draft');
    case 'withdrawn':
      return reject('notice-withdrawn', 'the notice was withdrawn');
    case 'issued':
      return undefined;
    default:
      return unreachable(status);
  }
};

const issue: Rule<IssueNotice> = ({ status }, { number, issuedOn }) => {
  if (status === 'none') return reject('notice-unknown', 'no such notice');
  if (status !== 'drafted') return reject('notice-issued', `the notice is ${status} already`);
  return accept(NoticeIssued({ number, issuedOn }));
};

const correct: Rule<CorrectNotice> = (notice, { unit, statement, reason, authority }) => {
  if (unit !== null && notice.status === 'issued' && !notice.named.includes(unit))
    return reject('not-named', `the notice does not name ${unit}`, { pointer: '/unit' });
  return notStanding(notice) ?? accept(NoticeCorrected({ n: notice.corrections + 1, unit, statement, reason, authority }));
};

const raise: Rule<RaiseObjection> = (notice, { unit, text }) => {
  const refused = notStanding(notice);
  if (refused !== undefined) return refused;
  if (!notice.named.includes(unit)) return reject('not-named', `the notice does not name ${unit}`, { pointer: '/unit' });
  if (notice.objections.some((objection) => objection.unit === unit && !objection.answered))
    return reject('objection-pending', `an objection of ${unit} awaits its answer`);
  return accept(ObjectionRaised({ n: notice.objections.length + 1, unit, text }));
};

/** An objection is answered also after the notice was withdrawn: whoever asked is owed an answer. */
const answer: Rule<AnswerObjection> = (notice, { n, upheld, text }) => {
  if (notice.status === 'none') return reject('notice-unknown', 'no such notice');
  const objection = notice.objections[n - 1];
  if (objection === undefined) return reject('objection-unknown', `the notice has no objection ${n}`);
  if (objection.answered) return reject('already-decided', `objection ${n} is answered already`);
  return accept(ObjectionAnswered({ n, unit: objection.unit, upheld, text }));
};

const decideNotice: Rule<NoticeCommand> = (notice, command) => {
  switch (command.type) {
    case 'DraftNotice':
      return notice.status === 'none' ? accept(NoticeDrafted(command.draft)) : reject('already-decided', 'a notice of this id was drafted');
    case 'IssueNotice':
      return issue(notice, command);
    case 'CorrectNotice':
      return correct(notice, command);
    case 'WithdrawNotice':
      return notStanding(notice) ?? accept(NoticeWithdrawn({ reason: command.reason, authority: command.authority }));
    case 'RaiseObjection':
      return raise(notice, command);
    case 'AnswerObjection':
      return answer(notice, command);
    default:
      return unreachable(command);
  }
};

export const noticeDecider: Decider<Notice, NoticeCommand, NoticeEvent> = { ...noticeFolding, decide: decideNotice };
