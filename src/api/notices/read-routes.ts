import { z } from 'zod';
import type { NoticeDoc } from '../../../projections/publications.ts';
import type { ValueOf } from '../../kernel/schema.ts';
import { directiveAsked, list, page, query, scopeOf, type Kit } from '../../http/routes.ts';
import { letterFiles } from './letter-files.ts';
import type { Services } from '../../application/services.ts';
import type { Scope } from '../../application/visibility.ts';
import { noticeShownTo } from '../../domain/visibility.ts';
import { noticeStream } from '../../domain/notices/state.ts';
import { wording } from '../../messages/standing.ts';
import { TAGS, noticeTable, byId, unknownNotice } from './notice.ts';
import { noticeAnswer } from './answer.ts';

/** Notices as they are read: by the office whole, by a unit as far as they are about it. */

const READERS = ['office', 'unit', 'auditor', 'admin'] as const;

export const readRoutes = (kit: Kit, services: Services): void => {
  const { knowledge, sightOf, views } = services;

  /** To a unit what was issued and names it, and of that what is about itself; undefined where it may see nothing of it. */
  const shown = (doc: NoticeDoc, scope: Scope, position: number): ValueOf<typeof noticeAnswer> | undefined => {
    const seen = scope === null ? { ...doc, linesNotShown: 0 } : noticeShownTo(doc, sightOf(scope, position));
    return seen && { ...seen, revision: knowledge.lastOf(noticeStream(doc.id), position)?.revision ?? 0 };
  };

  list(kit, {
    url: '/v1/notices',
    summary: wording('api.notices.circulation-notices-unit-sees-those-issued'),
    tags: TAGS,
    roles: READERS,
    query: z.strictObject({ directive: directiveAsked.optional() }),
    item: noticeAnswer,
    run: ({ query: { directive }, principal, at: { position }, paging }) => {
      const rows = directive === undefined ? views.asOf(noticeTable, {}, position) : views.asOf(noticeTable, { directive }, position);
      const scope = scopeOf(principal);
      const docs = rows.map(({ doc }) => doc).toSorted((a, b) => a.draftedAt - b.draftedAt);
      return page(
        docs.flatMap((doc) => shown(doc, scope, position) ?? []),
        paging,
        (notice) => notice.id,
      );
    },
  });

  query(kit, {
    url: '/v1/notices/:id',
    summary: wording('api.notices.circulation-notice-as-docx-or-html'),
    tags: TAGS,
    refuses: ['notice-unknown'],
    roles: READERS,
    ...byId,
    response: noticeAnswer,
    formats: letterFiles(services),
    run: ({ params: { id: notice }, principal, at: { position } }) => {
      const doc = views.one(noticeTable, { notice }, position)?.doc;
      return (doc && shown(doc, scopeOf(principal), position)) ?? unknownNotice(notice);
    },
  });
};
