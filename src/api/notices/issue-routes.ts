import { Readable } from 'node:stream';
import { civilDate } from '../../kernel/calendar.ts';
import { withRests } from '../../kernel/pieces.ts';
import { nowAndThen } from '../../kernel/rests.ts';
import { civilDay } from '../../kernel/civil-days.ts';
import { foldText } from '../../kernel/json.ts';
import { instantMillis } from '../../kernel/clock.ts';
import { command, fieldProblem, problem, Problem, type Kit } from '../../http/routes.ts';
import { documentOf, noticeFactsOf } from '../../application/notices/letter.ts';
import { noticeTitle } from '../../publishing/letters/placeholders.ts';
import type { Services } from '../../application/services.ts';
import { snapshotDigest } from '../../domain/snapshots/body.ts';
import { bodyInPieces } from '../../application/snapshots/recompute.ts';
import type { SnapshotEvent } from '../../domain/snapshots/events.ts';
import { snapshotFolding, snapshotStream } from '../../domain/snapshots/state.ts';
import { noticeDecider } from '../../domain/notices/decide.ts';
import { linesToName, NAMING_RULE } from '../../domain/notices/draft.ts';
import { noticeActs, NoticeDrafted, type NoticeDocument } from '../../domain/notices/events.ts';
import { noticeFolding, noticeStream } from '../../domain/notices/state.ts';
import { say } from '../../messages/message.ts';
import { wording } from '../../messages/standing.ts';
import { TAGS, noticeTable, byId, unknownNotice } from './notice.ts';

/** A notice is drafted from a snapshot, and issued with its letter. */

export const issueRoutes = (kit: Kit, services: Services): void => {
  const { attachments, handler, knowledge, letterTemplate, store, views, timeZone } = services;

  /** Whether what a snapshot judges has not come. The first rules judged the end of a day. Record times are never behind what is known. */
  const isAhead = ({ on, at, timeZone: zone }: Pick<SnapshotEvent['data'], 'on' | 'at' | 'timeZone'>): boolean =>
    (at === undefined ? civilDay(on, zone).end - 1 : instantMillis(at)) >
    Math.max(kit.clock.now().epochMilliseconds, store.head().recordedAt ?? 0);

  /** The notice that was issued under a number, in whatever brackets; a withdrawn one keeps its own. */
  const bearerOf = (number: string, position: number): string | undefined =>
    views.asOf(noticeTable, {}, position).find(({ doc }) => doc.number !== null && foldText(doc.number) === foldText(number))?.doc.id;

  /** Of two that are issued at once under one number, the later sees the earlier. */
  let issuing: Promise<unknown> = Promise.resolve();
  const oneByOne = <Result>(issue: () => Promise<Result>): Promise<Result> => {
    const next = issuing.then(issue);
    issuing = next.catch(() => undefined); // whoever asked is told
    return next;
  };

  command(kit, {
    method: 'POST',
    url: '/v1/notices',
    summary: wording('api.notices.draft-circulation-notice-from-snapshot-who'),
    tags: TAGS,
    refuses: [{ field: 'snapshot-unknown' }, 'moment-not-come'],
    roles: ['office'],
    onBehalfOf: 'office',
    ifMatch: 'none',
    body: NoticeDrafted.schema.pick({ snapshot: true, title: true }).partial({ title: true }),
    run: async ({ body: { snapshot, title }, meta, newId }) => {
      const { state: taken } = await handler.load(snapshotFolding, snapshotStream(snapshot));
      if (taken === null) return fieldProblem('snapshot-unknown', '/snapshot', say('api.notices.no-snapshot-was-taken', { snapshot }));
      const { directive, period, position, on } = taken;
      if (isAhead(taken)) return fieldProblem('moment-not-come', '/snapshot', say('api.notices.judges-which-has-not-come-nobody', { on }));
      const late = await kit.reaching.views(position, '/snapshot');
      if (late !== undefined) return late;
      const body = await withRests(bodyInPieces(knowledge, store, taken), nowAndThen());
      if (body === undefined || snapshotDigest(body) !== taken.digest)
        throw new Error(`snapshot ${snapshot} does not come out as recorded`);
      const notice = newId('notice');
      const draft = {
        snapshot,
        snapshotDigest: taken.digest,
        directive,
        period,
        position,
        on,
        rule: NAMING_RULE,
        title: title ?? noticeTitle(period, on),
        lines: linesToName(body),
      };
      const outcome = await handler.handle(noticeDecider, noticeStream(notice), { type: 'DraftNotice', draft }, meta);
      return { outcome, subject: notice, location: `/v1/notices/${notice}` };
    },
  });

  command(kit, {
    method: 'POST',
    url: '/v1/notices/:id/issue',
    summary: wording('api.notices.issue-notice'),
    tags: TAGS,
    refuses: ['notice-unknown', 'notice-issued', 'notice-number-taken', 'moment-not-come'],
    roles: ['office'],
    onBehalfOf: 'office',
    ifMatch: 'honoured',
    ...byId,
    body: noticeActs.IssueNotice.omit({ document: true }).partial({ issuedOn: true }),
    run: ({ params: { id: notice }, body: { number, issuedOn }, meta }) =>
      oneByOne(async () => {
        const { state } = await handler.load(noticeFolding, noticeStream(notice));
        const taken = state && (await handler.load(snapshotFolding, snapshotStream(state.snapshot))).state;
        if (taken !== null && isAhead(taken))
          return problem('moment-not-come', say('api.notices.rests-on-which-has-not-come', { on: taken.on }));
        const does = { type: 'IssueNotice', number, issuedOn: issuedOn ?? civilDate(meta.receivedAt, timeZone).toString() } as const;
        const document = state?.status === 'drafted' ? await writtenLetter(notice, does) : undefined;
        if (document instanceof Problem) return document;
        return {
          outcome: await handler.handle(noticeDecider, noticeStream(notice), document === undefined ? does : { ...does, document }, meta),
          subject: notice,
          location: `/v1/notices/${notice}`,
        };
      }),
  });

  /** The letter with its number and day, kept before the event that cites it. */
  const writtenLetter = async (
    notice: string,
    issued: { readonly number: string; readonly issuedOn: string },
  ): Promise<NoticeDocument | Problem> => {
    const { position } = store.head();
    const late = await kit.reaching.views(position, '');
    if (late !== undefined) return late;
    const doc = views.one(noticeTable, { notice }, position)?.doc;
    if (doc === undefined) return unknownNotice(notice);
    const bearer = bearerOf(issued.number, position);
    if (bearer !== undefined)
      return fieldProblem('notice-number-taken', '/number', say('api.notices.number-is-of', { number: issued.number, notice: bearer }));
    const { document, bytes } = await documentOf(letterTemplate, noticeFactsOf(services, { ...doc, ...issued }));
    await attachments.put(Readable.from([bytes]), bytes.byteLength, { unit: null });
    return document;
  };
};
