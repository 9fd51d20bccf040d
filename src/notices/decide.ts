import { accept, reject, unreachable, type Decide, type Decider } from '../kernel/decider.ts';
import { NoticeDrafted, NoticeIssued, type NoticeEvent } from './events.ts';
import { evolveNotice, type Notice } from './state.ts';

export type DraftNotice = { readonly type: 'DraftNotice'; readonly draft: Extract<NoticeEvent, { type: 'NoticeDrafted' }>['data'] };
export type IssueNotice = { readonly type: 'IssueNotice'; readonly number: string; readonly issuedOn: string };
export type NoticeCommand = DraftNotice | IssueNotice;

const decideNotice: Decide<Notice, NoticeCommand, NoticeEvent> = (notice, command) => {
  switch (command.type) {
    case 'DraftNotice':
      return notice.status === 'none' ? accept(NoticeDrafted(command.draft)) : reject('already-decided', 'a notice of this id was drafted');
    case 'IssueNotice':
      if (notice.status === 'none') return reject('notice-unknown', 'no such notice');
      if (notice.status === 'issued') return reject('notice-issued', 'the notice is issued already');
      return accept(NoticeIssued({ number: command.number, issuedOn: command.issuedOn }));
    default:
      return unreachable(command);
  }
};

export const noticeDecider: Decider<Notice, NoticeCommand, NoticeEvent> = {
  initial: { status: 'none' },
  evolve: evolveNotice,
  decide: decideNotice,
};

