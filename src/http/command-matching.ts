import type { z } from 'zod';
import { parseIfMatch, type IfMatch } from './preconditions.ts';
import { problem, Problem } from './problem.ts';
import { say } from '../messages/message.ts';
import type { CommandResult } from './command-spec.ts';

/** What `If-Match` asks of a command, and what it means for its subject. */

/** A revision that no subject is at: `If-Match` with none but weak or foreign tags. */
const NO_REVISION = -1;

export const admitted = (mode: 'required' | 'honoured' | 'none', header: string | undefined): IfMatch | undefined => {
  const match = parseIfMatch(header);
  if (match instanceof Problem) throw match;
  if (match === undefined && mode === 'required') throw problem('precondition-required', say('http.send-if-match-with-etag-what'));
  if (match !== undefined && mode === 'none')
    throw problem('precondition-failed', say('http.this-makes-subject-there-no-revision'), { currentRevision: null });
  return match;
};

/**
 * The handler compares with a single revision. Where `If-Match` names several, it is given the first, or the one that
 * the subject is at if that is among them.
 */
export const runMatching = async <Result extends CommandResult<z.ZodObject>>(
  match: IfMatch | undefined,
  run: (expected: number | undefined) => Result | Promise<Result>,
): Promise<Result> => {
  if (match === undefined || match === 'any') return run(undefined);
  let left = match.revisions;
  let expected = left[0] ?? NO_REVISION;
  for (;;) {
    const result = await run(expected);
    if (!('outcome' in result) || result.outcome.kind !== 'revision-mismatch') return result;
    const { current } = result.outcome;
    left = left.filter((revision) => revision !== expected);
    if (typeof current !== 'number' || !left.includes(current)) return result;
    expected = current;
  }
};
