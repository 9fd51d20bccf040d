import { millisText } from '../kernel/clock.ts';
import { sealEvent, type Draft, type Envelope } from '../kernel/envelope.ts';
import { leafHash } from '../tlog/hash.ts';
import type { SealedEvent, StreamHead } from './log-file.ts';

export type Sealed = { readonly event: SealedEvent; readonly envelope: Envelope };

/**
 * Drafts at their places after a stream's last event: revision, link to the event before, time (epoch ms).
 * @throws EventTooLarge
 */
export const sealFollowing = (
  head: StreamHead | undefined,
  drafts: readonly Draft[],
  { source, recordedAt, replica }: { readonly source: string; readonly recordedAt: number; readonly replica?: string | undefined },
): readonly Sealed[] => {
  const sealed: Sealed[] = [];
  const time = millisText(recordedAt);
  let before = head;
  for (const draft of drafts) {
    const revision = before === undefined ? 0 : before.revision + 1;
    const { envelope, bytes } = sealEvent(draft, { source, time, revision, prevLeaf: before?.leaf.toHex(), replica });
    const leaf = leafHash(bytes);
    sealed.push({ event: { stream: draft.subject, revision, id: draft.id, recordedAt, bytes, leaf }, envelope });
    before = { revision, leaf };
  }
  return sealed;
};
