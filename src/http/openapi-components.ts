import { z } from 'zod';
import { say } from '../messages/message.ts';
import { inEnglish } from '../messages/words.ts';
import { problemTypes, type ProblemCode } from './problems.ts';

/** What every operation refers to: the bearer token, the headers of requests and answers, the answers that are problems. */

export const problemSchema = z
  .object({
    type: z.string().describe('A page that explains the problem.'),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.enum(Object.keys(problemTypes)),
    errors: z
      .array(z.strictObject({ pointer: z.string().describe('JSON Pointer into the body, or /name of a parameter.'), message: z.string() }))
      .optional(),
    currentRevision: z.int().nullable().optional().describe('With 412: the revision the subject is at.'),
    facts: z.unknown().optional().describe('What the refusal rests on, where there is more to say.'),
    requestId: z.string().optional().describe("With 5xx: where the service's log has the cause."),
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
const IF_MATCH = 'The revision the command was decided on, as the ETag of the subject: `"12"`.';

/** An answer that is one of these problems. */
export const problemResponse = (codes: readonly ProblemCode[]) => ({
  description: codes.map((code) => `\`${code}\`: ${inEnglish(say(problemTypes[code].title))}`).join('. '),
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
    IfNoneMatch: header('If-None-Match', 'The ETag of an answer kept: 304 where it still holds.'),
    AcceptDatetime: header('Accept-Datetime', 'An HTTP date: leads to the version of that time (RFC 7089).'),
    IdempotencyKey: header(
      'Idempotency-Key',
      'A name for this request and its retries: the same key and body gives the first answer again.',
    ),
  },
  headers: {
    ETag: { description: 'The subject\'s revision, `"12"`, or a tag of the answer.', schema: text },
    Location: { description: 'Where that is: the subject of a command, the version of a time.', schema: text },
    ContentLocation: { description: 'The same answer for ever: with the `asOf` and `on` it was given for.', schema: text },
    Link: { description: 'The next page, `rel="next"`, where there is one.', schema: text },
    CacheControl: { description: '`immutable` for an explicit past `asOf`.', schema: text },
  },
};
