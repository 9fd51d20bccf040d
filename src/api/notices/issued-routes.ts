import { z } from 'zod';
import { id } from '../../kernel/schema.ts';
import { command, ordinal, unitOf, type Kit } from '../../http/routes.ts';
import type { Meta } from '../../application/handler.ts';
import { numberOf } from '../../application/numbered.ts';
import type { Services } from '../../application/services.ts';
import { noticeDecider, type NoticeCommand } from '../../domain/notices/decide.ts';
import { noticeActs } from '../../domain/notices/events.ts';
import { noticeFolding, noticeStream } from '../../domain/notices/state.ts';
import { wording } from '../../messages/standing.ts';
import { TAGS, byId, unknownNotice } from './notice.ts';

/** What follows a notice that was issued: corrections, its withdrawal, objections and their answers. */

export const issuedRoutes = (kit: Kit, services: Services): void => {
  const { handler, store } = services;

  const act = (notice: string, does: NoticeCommand, meta: Meta) => handler.handle(noticeDecider, noticeStream(notice), does, meta);
  const onNotice = async (notice: string, does: NoticeCommand, meta: Meta) => ({
    outcome: await act(notice, does, meta),
    subject: notice,
    location: `/v1/notices/${notice}`,
  });

  command(kit, {
    method: 'POST',
    url: '/v1/notices/:id/correction',
    summary: wording('api.notices.correct-issued-notice-what-said-what'),
    description: wording('api.notices.notice-itself-stands-as-issued-correction'),
    tags: TAGS,
    refuses: ['notice-unknown', 'notice-not-issued', 'notice-withdrawn', 'not-named'],
    roles: ['office'],
    onBehalfOf: 'office',
    ifMatch: 'required',
    ...byId,
    body: noticeActs.CorrectNotice.partial({ unit: true }),
    run: ({ params: { id: notice }, body: { unit, ...corrected }, meta }) =>
      onNotice(notice, { type: 'CorrectNotice', unit: unit ?? null, ...corrected }, meta),
  });

  command(kit, {
    method: 'POST',
    url: '/v1/notices/:id/withdrawal',
    summary: wording('api.notices.withdraw-issued-notice'),
    tags: TAGS,
    refuses: ['notice-unknown', 'notice-not-issued', 'notice-withdrawn'],
    roles: ['office'],
    onBehalfOf: 'office',
    ifMatch: 'required',
    ...byId,
    body: noticeActs.WithdrawNotice,
    run: ({ params: { id: notice }, body, meta }) => onNotice(notice, { type: 'WithdrawNotice', ...body }, meta),
  });

  command(kit, {
    method: 'POST',
    url: '/v1/notices/:id/objections',
    summary: wording('api.notices.object-to-issued-notice-that-names'),
    tags: TAGS,
    refuses: ['notice-unknown', 'notice-not-issued', 'notice-withdrawn', 'not-named', 'objection-pending'],
    roles: ['unit', 'office'],
    onBehalfOf: 'unit',
    ifMatch: 'honoured',
    ...byId,
    body: noticeActs.RaiseObjection.omit({ unit: true }),
    run: async ({ params: { id: notice }, body: { text }, principal, unit, meta }) => {
      const { state } = await handler.load(noticeFolding, noticeStream(notice));
      if (unitOf(principal) !== undefined && (state === null || state.status === 'drafted' || !state.named.includes(unit)))
        return unknownNotice(notice);
      const outcome = await act(notice, { type: 'RaiseObjection', unit, text }, meta);
      const n = numberOf(store, outcome) ?? (state?.objections.length ?? 0) + 1;
      return { outcome, subject: String(n), location: `/v1/notices/${notice}` };
    },
  });

  command(kit, {
    method: 'POST',
    url: '/v1/notices/:id/objections/:n/answer',
    summary: wording('api.notices.answer-objection'),
    tags: TAGS,
    refuses: ['notice-unknown', 'notice-not-issued', 'notice-withdrawn', 'objection-unknown', 'already-decided', 'date-order'],
    roles: ['office'],
    onBehalfOf: 'office',
    ifMatch: 'honoured',
    params: z.strictObject({ id, n: ordinal }),
    body: noticeActs.AnswerObjection.omit({ n: true }),
    run: ({ params: { id: notice, n }, body, meta }) => onNotice(notice, { type: 'AnswerObjection', n, ...body }, meta),
  });
};
