import { problem, type Problem } from './problem.ts';
import { say } from '../messages/message.ts';

/** Entity tags (RFC 9110 §8.8.3) and what a request makes depend on them. */

export const revisionTag = (revision: number): string => `"${revision}"`;

/** `any`: the subject must exist, whatever its revision. `revisions`: it must be at one of these, and at none where the list is empty. */
export type IfMatch = 'any' | { readonly revisions: readonly number[] };

const TAG = /^(W\/)?"([\x21\x23-\x7e\x80-\xff]*)"/u;
const SEPARATOR = /^[ \t]*(?:,[ \t]*)+/u;
const REVISION = /^(?:0|[1-9]\d{0,14})$/u;

type Tag = { readonly weak: boolean; readonly opaque: string };

/** The tags of a list, undefined where it is not one. */
const parseTags = (header: string): readonly Tag[] | undefined => {
  const tags: Tag[] = [];
  let rest = header.trim();
  while (rest !== '') {
    const match = TAG.exec(rest);
    if (match === null) return undefined;
    tags.push({ weak: match[1] !== undefined, opaque: match[2] ?? '' });
    rest = rest.slice(match[0].length);
    const separator = SEPARATOR.exec(rest)?.[0] ?? '';
    if (separator === '' && rest !== '') return undefined;
    rest = rest.slice(separator.length);
  }
  return tags.length === 0 ? undefined : tags;
};

/**
 * Undefined where there is no such header; a `Problem` where it is not a list of tags. Compares strongly: a weak tag
 * matches nothing (§13.1.1).
 */
export const parseIfMatch = (header: string | undefined): IfMatch | undefined | Problem => {
  if (header === undefined) return undefined;
  if (isAny(header)) return 'any';
  const tags = parseTags(header);
  if (tags === undefined) return problem('invalid-header', say('http.if-match-not-list-entity-tags'));
  return { revisions: tags.filter(({ weak, opaque }) => !weak && REVISION.test(opaque)).map(({ opaque }) => Number(opaque)) };
};

export const isAny = (header: string | undefined): boolean => header?.trim() === '*';

/** Whether `If-None-Match` names this tag, compared weakly (§13.1.2); what cannot be read names nothing. */
export const namesTag = (header: string | undefined, tag: string): boolean => {
  if (header === undefined) return false;
  const opaque = tag.slice(tag.indexOf('"') + 1, -1);
  return parseTags(header)?.some((other) => other.opaque === opaque) ?? false;
};
