import { unreachable } from '../../kernel/decider.ts';
import { streamsNamed } from '../../kernel/stream.ts';
import type { NoticeEvent } from './events.ts';

export type Notice = {
  readonly status: 'drafted' | 'issued' | 'withdrawn';
  /** What it rests on. */
  readonly snapshot: string;
  /** Units that it names. */
  readonly named: readonly string[];
  readonly corrections: number;
  /** By number − 1. */
  readonly objections: readonly { readonly unit: string; readonly answered: boolean; readonly receivedAt: number }[];
};

/** A notice that was never drafted. */
export type NoticeState = Notice | null;

export const evolveNotice = (notice: NoticeState, event: NoticeEvent, receivedAt: number): Notice => {
  if (event.type === 'NoticeDrafted') {
    const { snapshot, lines } = event.data;
    return { status: 'drafted', snapshot, named: lines.map(({ unit }) => unit), corrections: 0, objections: [] };
  }
  if (notice === null) throw new Error(`${event.type} before NoticeDrafted`);
  switch (event.type) {
    case 'NoticeIssued':
      return { ...notice, status: 'issued' };
    case 'NoticeCorrected':
      return { ...notice, corrections: event.data.n };
    case 'NoticeWithdrawn':
      return { ...notice, status: 'withdrawn' };
    case 'ObjectionRaised':
      return { ...notice, objections: [...notice.objections, { unit: event.data.unit, answered: false, receivedAt }] };
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

export const noticeFolding = { initial: null as NoticeState, evolve: evolveNotice };
