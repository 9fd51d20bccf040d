import { registers } from '../../projections/registers.ts';
import type { Attachment } from '../kernel/schema.ts';
import { tableOf } from '../projecting/projection.ts';
import type { Views } from '../projecting/views.ts';
import type { EventStore } from '../store/event-store.ts';
import type { AttachmentStore } from './attachments.ts';
import { mediaTypeFault } from './media-types.ts';
import type { Scope, SightOf } from './visibility.ts';
import { say, type Text } from '../messages/message.ts';

/** Attachments as they are cited: who may read the bytes, and whether what is said of them is so. */

const citationTable = tableOf(registers, 'citation');

/** What is wrong, in a field of the attachment of this index. */
export type CitationFault = { readonly index: number; readonly field: 'size' | 'mediaType'; readonly message: Text };

export type Citations = {
  readonly mayRead: (sha256: string, scope: Scope) => Promise<boolean>;
  /** Of bytes that the citer may not read nothing is told, not even whether they are here. */
  readonly faults: (cited: readonly Attachment[], scope: Scope) => Promise<readonly CitationFault[]>;
  /** With the size of the bytes, where the reader may read them: who cited them may not have had them. */
  readonly shown: <One extends Attachment>(cited: readonly One[], scope: Scope) => Promise<readonly One[]>;
};

export const createCitations = ({
  attachments,
  sightOf,
  store,
  views,
}: {
  readonly attachments: Pick<AttachmentStore, 'look' | 'senders'>;
  readonly sightOf: SightOf;
  readonly store: Pick<EventStore, 'at'>;
  readonly views: Views;
}): Citations => {
  /**
   * A unit may read what it has sent, and what the office has cited about it. By citing a digest a unit shows that it
   * knows the digest, and not that the bytes are its own; of what was taken in before senders were noted the first who
   * cited it is held to have sent it.
   */
  const mayRead = async (digest: string, scope: Scope): Promise<boolean> => {
    if (scope === null) return true;
    const upTo = views.position();
    const { isOwn } = sightOf(scope, upTo);
    const senders = await attachments.senders(digest);
    if (senders.units.some(isOwn)) return true;
    const cited = views.appended(citationTable, { sha256: digest }, { upTo });
    const byOffice = cited.filter(({ position }) => store.at(position)?.envelope.actor.role !== 'unit');
    return [...byOffice, ...(senders.all ? [] : cited.slice(0, 1))].some(({ unit }) => isOwn(unit));
  };

  const seen = async (sha256: string, scope: Scope) => ((await mayRead(sha256, scope)) ? attachments.look(sha256) : undefined);

  return {
    mayRead,
    faults: async (cited, scope) => {
      const found = cited.map(async ({ sha256, size, mediaType }, index): Promise<readonly CitationFault[]> => {
        const stored = await seen(sha256, scope);
        if (stored === undefined) return [];
        const wrongType = mediaTypeFault(stored.start, mediaType);
        return [
          ...(stored.size === size
            ? []
            : [{ index, field: 'size' as const, message: say('application.size-in-bytes', { size: stored.size }) }]),
          ...(wrongType === undefined ? [] : [{ index, field: 'mediaType' as const, message: wrongType }]),
        ];
      });
      return (await Promise.all(found)).flat();
    },
    shown: (cited, scope) =>
      Promise.all(
        cited.map(async (one) => {
          const stored = await seen(one.sha256, scope);
          return stored === undefined ? one : { ...one, size: stored.size };
        }),
      ),
  };
};
