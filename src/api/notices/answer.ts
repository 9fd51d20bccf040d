import { z } from 'zod';
import { date, instant } from '../../kernel/schema.ts';
import { noticeLine } from '../../domain/notices/events.ts';
import { wording } from '../../messages/standing.ts';

/** A notice as it is shown. */
export const noticeAnswer = z
  .strictObject({
    id: z.string(),
    status: z.enum(['drafted', 'issued', 'withdrawn']),
    title: z.string(),
    number: z.string().nullable(),
    issuedOn: date.nullable(),
    snapshot: z
      .string()
      .nullable()
      .meta({ description: wording('api.notices.from-which-was-drafted-null-to') }),
    snapshotDigest: z.string(),
    directive: z.string(),
    period: z.string().nullable(),
    position: z.int().meta({ description: wording('api.notices.snapshot-what-notice-rests-on') }),
    on: date,
    rule: z.string().meta({ description: wording('api.notices.name-and-version-rule-that-says') }),
    lines: z.array(noticeLine.meta({ id: 'NoticeLine' })),
    linesNotShown: z.int().meta({ description: wording('api.notices.lines-about-other-units-which-unit') }),
    corrections: z.array(
      z.strictObject({
        n: z.int(),
        unit: z.string().nullable(),
        statement: z.string(),
        reason: z.string(),
        authority: z.string(),
        at: instant,
      }),
    ),
    withdrawal: z.strictObject({ reason: z.string(), authority: z.string(), at: instant }).nullable(),
    objections: z.array(
      z.strictObject({
        n: z.int(),
        unit: z.string(),
        text: z.string(),
        raisedAt: instant,
        answer: z.strictObject({ upheld: z.boolean(), text: z.string(), at: instant }).nullable(),
      }),
    ),
    draftedAt: z.int().meta({ description: wording('api.notices.position-draft') }),
    issuedAt: z.int().nullable(),
    document: z
      .strictObject({ sha256: z.string(), size: z.int(), mediaType: z.string() })
      .nullable()
      .meta({ description: wording('api.notices.letter-as-was-issued-null-for') }),
    revision: z.int(),
  })
  .meta({ id: 'Notice' });
