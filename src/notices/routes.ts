import { z } from 'zod';
import { publications, type NoticeDoc } from '../../projections/publications.ts';
import { civilDate } from '../kernel/calendar.ts';
import { date, id, line } from '../kernel/schema.ts';
import { command, fieldProblem, list, page, problem, query, unitOf, type Kit } from '../http/routes.ts';
import { tableOf } from '../projecting/projection.ts';
import type { Services } from '../services.ts';
import { snapshotDigest } from '../snapshots/body.ts';
import { bodyFromViews } from '../snapshots/recompute.ts';
import { snapshotFolding, snapshotStream } from '../snapshots/state.ts';
import { noticeDecider } from './decide.ts';
import { linesToName, NAMING_RULE } from './draft.ts';
import { noticeLine } from './events.ts';
import { noticeStream } from './state.ts';

const TAGS = ['Notices'] as const;
const READERS = ['office', 'unit', 'auditor', 'admin'] as const;
const noticeTable = tableOf(publications, 'notice');

const noticeAnswer = z
  .strictObject({
    id: z.string(),
    status: z.enum(['drafted', 'issued']),
    title: z.string(),
    number: z.string().nullable(),
    issuedOn: z.string().nullable(),
    snapshot: z.string(),
    snapshotDigest: z.string(),
    directive: z.string(),
    period: z.string().nullable(),
    position: z.int().meta({ description: 'Of the snapshot: what the notice rests on.' }),
    on: z.string(),
    rule: z.string().meta({ description: 'Name and version of the rule that says who must be named.' }),
    lines: z.array(noticeLine.meta({ id: 'NoticeLine' })),
    draftedAt: z.int().meta({ description: 'Position of the draft.' }),
    issuedAt: z.int().nullable(),
    revision: z.int(),
  })
  .meta({ id: 'Notice' });

const byId = { params: z.strictObject({ id }) };

export const noticeRoutes = (kit: Kit, { handler, knowledge, store, views, timeZone }: Services): void => {
  /** A unit sees what was issued and names it; drafts are the office's. */
  const maySee = (doc: NoticeDoc, unit: string | undefined): boolean =>
    unit === undefined || (doc.status === 'issued' && doc.lines.some((named) => named.unit === unit));
  const shown = (doc: NoticeDoc, position: number): z.infer<typeof noticeAnswer> => ({
    ...doc,
    lines: [...doc.lines],
    revision: knowledge.lastOf(noticeStream(doc.id), position)?.revision ?? 0,
  });

  command(kit, {
    method: 'POST',
    url: '/v1/notices',
    summary: 'Draft a circulation notice from a snapshot: who must be named, and why',
    tags: TAGS,
    roles: ['office'],
    acts: 'office',
    ifMatch: 'none',
    body: z.strictObject({ snapshot: id, title: line(300).optional() }),
    run: async ({ body: { snapshot, title }, meta, newId }) => {
      const { state: taken } = await handler.load(snapshotFolding, snapshotStream(snapshot));
      if (taken === null) return fieldProblem('snapshot-unknown', '/snapshot', `no snapshot ${snapshot} was taken`);
      if (!(await views.waitFor(taken.position))) throw new Error(`the views do not reach @${taken.position}`);
      const body = bodyFromViews(knowledge, store, taken);
      if (body === undefined || snapshotDigest(body) !== taken.digest) throw new Error(`snapshot ${snapshot} does not come out as recorded`);
      const { directive, period, position, on } = taken;
      const notice = newId('notice');
      const draft = {
        snapshot,
        snapshotDigest: taken.digest,
        directive,
        period,
        position,
        on,
        rule: NAMING_RULE,
        title: title ?? `关于${period ?? on}报送情况的通报`,
        lines: linesToName(body),
      };
      const outcome = await handler.handle(noticeDecider, noticeStream(notice), { type: 'DraftNotice', draft }, meta);
      return { outcome, subject: notice, location: `/v1/notices/${notice}` };
    },
  });

  command(kit, {
    method: 'POST',
    url: '/v1/notices/:id/issue',
    summary: 'Issue a notice',
    tags: TAGS,
    roles: ['office'],
    acts: 'office',
    ifMatch: 'honoured',
    ...byId,
    body: z.strictObject({ number: line(120), issuedOn: date.optional() }),
    run: async ({ params: { id: notice }, body: { number, issuedOn }, meta }) => ({
      outcome: await handler.handle(
        noticeDecider,
        noticeStream(notice),
        { type: 'IssueNotice', number, issuedOn: issuedOn ?? civilDate(meta.receivedAt, timeZone).toString() },
        meta,
      ),
      subject: notice,
      location: `/v1/notices/${notice}`,
    }),
  });

  list(kit, {
    url: '/v1/notices',
    summary: 'Circulation notices; a unit sees those issued that name it',
    tags: TAGS,
    roles: READERS,
    query: z.strictObject({ directive: id.optional() }),
    item: noticeAnswer,
    run: ({ query: { directive }, principal, at: { position }, paging }) => {
      const rows = directive === undefined ? views.asOf(noticeTable, {}, position) : views.asOf(noticeTable, { directive }, position);
      const visible = rows.map(({ doc }) => doc).filter((doc) => maySee(doc, unitOf(principal)));
      return page(visible.toSorted((a, b) => a.draftedAt - b.draftedAt).map((doc) => shown(doc, position)), paging, (notice) => notice.id);
    },
  });

  query(kit, {
    url: '/v1/notices/:id',
    summary: 'A circulation notice',
    tags: TAGS,
    roles: READERS,
    ...byId,
    response: noticeAnswer,
    run: ({ params: { id: notice }, principal, at: { position } }) => {
      const doc = views.one(noticeTable, { notice }, position)?.doc;
      if (doc === undefined || !maySee(doc, unitOf(principal))) return problem('notice-unknown', `there is no notice ${notice}, or none that names you`);
      return shown(doc, position);
    },
  });
};
