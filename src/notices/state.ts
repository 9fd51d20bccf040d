import { unreachable } from '../kernel/decider.ts';
import type { NoticeEvent } from './events.ts';

export type Notice = { readonly status: 'none' | 'drafted' | 'issued' };

export const evolveNotice = (_: Notice, event: NoticeEvent): Notice => {
  switch (event.type) {
    case 'NoticeDrafted':
      return { status: 'drafted' };
    case 'NoticeIssued':
      return { status: 'issued' };
    default:
      return unreachable(event);
  }
};

export const noticeStream = (id: string): string => `notice-${id}`;
