import { z } from 'zod';
import { defineEvent, type EventOf } from '../../kernel/event.ts';
import { authority, date, id, line, period, reason } from '../../kernel/schema.ts';

/** Stream `notice-<id>`: a circulation notice, bound to the snapshot whose facts it cites. */

export const noticeLine = z.strictObject({
  unit: id,
  name: line(120),
  owed: z.int(),
  onTime: z.int(),
  late: z.array(z.strictObject({ task: id, period: line(10), daysLate: z.int() })),
  missing: z.array(z.strictObject({ task: id, period: line(10) })),
});
export type NoticeLine = z.infer<typeof noticeLine>;

export const NoticeDrafted = defineEvent(
  'NoticeDrafted',
  1,
  z.strictObject({
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
  }),
);

export const NoticeIssued = defineEvent('NoticeIssued', 1, z.strictObject({ number: line(120), issuedOn: date }));

const n = z.int().min(1);

/** What it said of a unit, or of all where `unit` is null, and what it should have said. The notice itself stands. */
export const NoticeCorrected = defineEvent(
  'NoticeCorrected',
  1,
  z.strictObject({ n, unit: id.nullable(), statement: line(4000), reason, authority }),
);

export const NoticeWithdrawn = defineEvent('NoticeWithdrawn', 1, z.strictObject({ reason, authority }));

export const ObjectionRaised = defineEvent('ObjectionRaised', 1, z.strictObject({ n, unit: id, text: line(8000) }));

export const ObjectionAnswered = defineEvent(
  'ObjectionAnswered',
  1,
  z.strictObject({ n, unit: id, upheld: z.boolean(), text: line(8000) }),
);

export const noticeEvents = [NoticeDrafted, NoticeIssued, NoticeCorrected, NoticeWithdrawn, ObjectionRaised, ObjectionAnswered] as const;
export type NoticeEvent = EventOf<(typeof noticeEvents)[number]>;
