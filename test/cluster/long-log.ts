import { sealFollowing } from '../../src/store/seal-following.ts';
import type { StreamHead } from '../../src/store/log-file.ts';
import { reportingOffice } from '../bench/synthetic.ts';
import type { Double } from '../support/eventstoredb-double.ts';

/** Writes a log to a double's cluster, without a Duban: an office's years up to a number of events, as a replica would have sealed them. */
export const writeLongLog = ({ log }: Double, events: number): void => {
  const heads = new Map<string, StreamHead>();
  let recordedAt = 0;
  for (const { stream, draft, at } of reportingOffice({ directives: 1, tasks: 100, carriers: 3, units: 120 }).take(events)) {
    recordedAt = Math.max(recordedAt, at);
    const head = heads.get(stream);
    for (const { event, envelope } of sealFollowing(head, [draft], { source: '/duban/1', recordedAt })) {
      const metadata = new Uint8Array(0);
      log.append(stream, head === undefined ? 'none' : BigInt(head.revision), [
        { id: event.id, type: envelope.type, contentType: 'application/octet-stream', data: event.bytes, metadata },
      ]);
      heads.set(stream, event);
    }
  }
};
