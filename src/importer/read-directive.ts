import { createHash } from 'node:crypto';
import { readDocument } from './document.ts';
import { readLines } from './lines.ts';
import { propose } from './propose.ts';
import type { Proposal } from './proposal.ts';
import type { Unreadable } from './reading.ts';

export type { Unreadable } from './reading.ts';

/**
 * A directive document of the shape of 三政办〔2023〕1号, as UTF-8 bytes, to a proposal with its findings. The same bytes give an equal
 * proposal. A text of another shape is refused with the first line that was not understood; nothing is thrown.
 */
export const readDirective = (
  bytes: Uint8Array,
): { readonly ok: true; readonly proposal: Proposal } | { readonly ok: false; readonly problem: Unreadable } => {
  const lines = readLines(bytes);
  if (!lines.ok) return lines;
  const document = readDocument(lines.value);
  if (!document.ok) return document;
  return { ok: true, proposal: propose(document.value, createHash('sha256').update(bytes).digest('hex')) };
};
