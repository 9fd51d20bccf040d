import { unreachable } from '../../kernel/decider.ts';
import { streamsNamed } from '../../kernel/stream.ts';
import type { NoticeEvent } from './events.ts';

export type Notice = {
  readonly status: 'none' | 'drafted' | 'issued' | 'withdrawn';
  /** Units that it names. */
  readonly named: readonly string[];
  readonly corrections: number;
  /** By number − 1. */
  readonly objections: readonly { readonly unit: string; readonly answered: boolean }[];
};

export const noNotice: Notice = { status: 'none', named: [], corrections: 0, objections: [] };

export const evolveNotice = (notice: Notice, event: NoticeEvent): Notice => {
  switch (event.type) {
    case 'NoticeDrafted':
      return { ...notice, status: 'drafted', named: event.data.lines.map(({ unit }) => unit) };
    case 'NoticeIssued':
      return { ...notice, status: 'issued' };
    case 'NoticeCorrected':
      return { ...notice, corrections: event.data.n };
    case 'NoticeWithdrawn':
      return { ...notice, status: 'withdrawn' };
    case 'ObjectionRaised':
      return { ...notice, objections: [...notice.objections, { unit: event.data.unit, answered: false }] };
    case 'ObjectionAnswered':
      return {
        ...notice,
        objections: notice.objections.map((objection, index) =>
          index === event.data.n - 1 ? { ...objection, answered: true } : objection,
        ),
      };
    default:
      return unreachable(event);
  }
};

export const noticeStream = streamsNamed('notice-');

export const noticeFolding = { initial: noNotice, evolve: evolveNotice };
