import { z } from 'zod';
import { KeyReused, type Outcome } from '../application/handler.ts';
import { unreachable } from '../kernel/decider.ts';
import { revisionTag } from './preconditions.ts';
import type { Problem } from './problem.ts';
import { notFound, problem, problemOf, refused } from './problem.ts';
import { say } from '../messages/message.ts';
import type { CommandResult } from './command-spec.ts';

/** What every command answers: what was recorded, where it stands, and the link of its proof. */
export const commandAnswer = z
  .strictObject({
    events: z.array(z.strictObject({ id: z.uuid(), type: z.string(), position: z.int().min(1).nullable() })),
    subject: z.string(),
    revision: z.int().min(0),
    /** Null where nothing was recorded, or a cluster has not told this replica yet. */
    position: z.int().min(1).nullable(),
    receipt: z.string().nullable(),
  })
  .meta({ id: 'CommandAnswer' });

type Answered = { readonly status: number; readonly body: object; readonly headers: Readonly<Record<string, string>> };

type Accepted = Extract<Outcome<unknown>, { readonly kind: 'accepted' }>;

const mismatch = (current: number | 'none'): Problem =>
  current === 'none'
    ? // RFC 9110 §13.2.1: a precondition does not hide what the answer would be without it
      notFound(say('http.what-url-names-does-not-exist'))
    : problem('precondition-failed', say('http.revision', { current }), {
        currentRevision: current,
        headers: { etag: revisionTag(current) },
      });

const recorded = ({ events, revision, replayed }: Accepted, subject: string, location: string, more: object | undefined): Answered => {
  const last = events.at(-1);
  const receipt = last === undefined ? null : `/v1/log/events/${last.id}/proof`;
  return {
    status: replayed || last === undefined ? 200 : 201,
    body: { events, subject, revision, position: last?.position ?? null, receipt, ...more },
    headers: { etag: revisionTag(revision), location },
  };
};

export const answerOf = (result: Exclude<CommandResult<z.ZodObject>, Problem>): Answered => {
  if (!('outcome' in result)) return { status: 200, body: result.preview, headers: {} };
  const { outcome } = result;
  switch (outcome.kind) {
    case 'accepted':
      return recorded(outcome, result.subject, result.location, result.more);
    case 'refused':
      throw refused(outcome.refusal);
    case 'revision-mismatch':
      throw mismatch(outcome.current);
    case 'key-reused':
      throw problemOf(new KeyReused());
    default:
      return unreachable(outcome);
  }
};
