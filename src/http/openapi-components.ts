import { z } from 'zod';
import { say } from '../messages/message.ts';
import { inWords } from '../messages/words.ts';
import { problemTypes, type ProblemCode } from './problems.ts';
import { wording } from '../messages/standing.ts';
import type { Language } from '../messages/language.ts';

/** What every operation refers to: the bearer token, the headers of requests and answers, the answers that are problems. */

export const problemSchema = z
  .object({
    type: z.string().describe(wording('openapi.page-that-explains-problem')),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.enum(Object.keys(problemTypes)),
    errors: z
      .array(z.strictObject({ pointer: z.string().describe(wording('openapi.json-pointer-into-body-or-name')), message: z.string() }))
      .optional(),
    currentRevision: z.int().nullable().optional().describe(wording('openapi.with-412-revision-subject-at')),
    facts: z.unknown().optional().describe(wording('openapi.what-refusal-rests-on-where-there')),
    requestId: z.string().optional().describe(wording('openapi.with-5xx-where-services-log-has')),
  })
  .meta({ id: 'Problem', description: 'RFC 9457' });

const text = { type: 'string' } as const;
const header = (name: string, description: string, required = false) => ({
  name,
  in: 'header' as const,
  required,
  description,
  schema: text,
});
const IF_MATCH = wording('openapi.revision-command-was-decided-on-as');

/** An answer that is one of these problems. */
export const problemResponse = (codes: readonly ProblemCode[], language: Language) => ({
  description: codes
    .map((code) => `\`${code}\`: ${inWords(say(problemTypes[code].title), language)}`)
    .join(language === 'en' ? '. ' : '；'),
  content: {
    'application/problem+json': {
      schema: {
        allOf: [{ $ref: '#/components/schemas/Problem' }, { type: 'object', properties: { code: { type: 'string', enum: codes } } }],
      },
    },
  },
});

export const sharedComponents = {
  securitySchemes: { bearer: { type: 'http' as const, scheme: 'bearer', bearerFormat: 'JWT' } },
  parameters: {
    IfMatch: header('If-Match', IF_MATCH),
    IfMatchRequired: header('If-Match', IF_MATCH, true),
    IfNoneMatch: header('If-None-Match', wording('openapi.etag-answer-kept-304-where-still')),
    AcceptDatetime: header('Accept-Datetime', wording('openapi.http-date-leads-to-version-that')),
    IdempotencyKey: header('Idempotency-Key', wording('openapi.name-for-this-request-and-retries')),
  },
  headers: {
    ETag: { description: wording('openapi.subjects-revision-12-or-tag-answer'), schema: text },
    Location: { description: wording('openapi.where-that-subject-command-version-time'), schema: text },
    ContentLocation: { description: wording('openapi.same-answer-for-ever-with-asof'), schema: text },
    Link: { description: wording('openapi.next-page-rel-next-where-there'), schema: text },
    CacheControl: { description: wording('openapi.immutable-for-explicit-past-asof'), schema: text },
  },
};
