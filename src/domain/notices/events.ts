import { z } from 'zod';
import { defineEvent, type EventOf } from '../../kernel/event.ts';
import { authority, date, id, line, period, reason, type ValueOf } from '../../kernel/schema.ts';
import { noticeFacts } from './letter-facts.ts';

/** Stream `notice-<id>`: a circulation notice, bound to the snapshot whose facts it cites. */

export const noticeLine = z.strictObject({
  unit: id,
  name: line(120),
  owed: z.int(),
  onTime: z.int(),
  late: z.array(z.strictObject({ task: id, period: line(10), daysLate: z.int() })),
  missing: z.array(z.strictObject({ task: id, period: line(10) })),
});
export type NoticeLine = ValueOf<typeof noticeLine>;

const n = z.int().min(1);

const draft = z.strictObject({
  snapshot: id,
  snapshotDigest: z.string().regex(/^[0-9a-f]{64}$/u),
  directive: id,
  period: period.nullable(),
  position: z.int().min(1),
  on: date,
  /** Name and version of the rule that says who must be named. */
  rule: line(80),
  title: line(300),
  lines: z.array(noticeLine),
});

/** The letter as it was issued. Its bytes are an attachment; its words follow from the template and the facts. */
const noticeDocument = z.strictObject({
  /** Lower-case hex SHA-256 of the bytes. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/u),
  size: z.int().min(1),
  mediaType: line(120),
  /** Name and version of the rule by which template and facts make the words. */
  writer: line(80),
  template: z.string().max(20_000),
  facts: noticeFacts,
  /** Lower-case hex SHA-256 of the words, a line each. */
  words: z.string().regex(/^[0-9a-f]{64}$/u),
});
export type NoticeDocument = ValueOf<typeof noticeDocument>;

/** What the sender of each command says; a draft is computed for its sender. */
export const noticeActs = {
  DraftNotice: z.strictObject({ draft }),
  IssueNotice: z.strictObject({
    number: line(120),
    issuedOn: date,
    /** Notices of before there were letters have none. */
    document: noticeDocument.optional(),
  }),
  /** What it said of a unit, or of all where `unit` is null, and what it should have said. The notice itself stands. */
  CorrectNotice: z.strictObject({ unit: id.nullable(), statement: line(4000), reason, authority }),
  WithdrawNotice: z.strictObject({ reason, authority }),
  RaiseObjection: z.strictObject({ unit: id, text: line(8000) }),
  AnswerObjection: z.strictObject({ n, upheld: z.boolean(), text: line(8000) }),
} as const;

export const NoticeDrafted = defineEvent('NoticeDrafted', 1, draft);
export const NoticeIssued = defineEvent('NoticeIssued', 1, noticeActs.IssueNotice);
export const NoticeCorrected = defineEvent('NoticeCorrected', 1, noticeActs.CorrectNotice.extend({ n }));
export const NoticeWithdrawn = defineEvent('NoticeWithdrawn', 1, noticeActs.WithdrawNotice);
export const ObjectionRaised = defineEvent('ObjectionRaised', 1, noticeActs.RaiseObjection.extend({ n }));
export const ObjectionAnswered = defineEvent('ObjectionAnswered', 1, noticeActs.AnswerObjection.extend({ unit: id }));

export const noticeEvents = [NoticeDrafted, NoticeIssued, NoticeCorrected, NoticeWithdrawn, ObjectionRaised, ObjectionAnswered] as const;
export type NoticeEvent = EventOf<(typeof noticeEvents)[number]>;
