import { openLogFile, type LogFile } from '../log-file.ts';
import { say } from '../../messages/message.ts';
import { Told } from '../../messages/told.ts';

const PREFIXES = 'remote-stream-prefixes';
const REMEDY = say('store.mirror-remedy');

/** Less than the log of one machine has: what is read of a mirror is mostly what was just written. */
const CACHE_KIB = 16 * 1024;
/** Pages in the WAL, 64 MiB, while the mirror is filled. */
export const FILLING_PAGES = 16_384;

/**
 * The local file in which a cluster's log is sequenced. It need not be durable at once, since the events are durable in
 * the cluster. If a loss of power cuts off its end, the same events are read from the cluster again and get the same
 * positions, because the cluster's order decides them. A checkpoint that was signed over them stays right, and the
 * ledger signs no other until the mirror has them again and agrees with it. Waiting for the disk would hold up the
 * process at every batch.
 * @param streamPrefixes  they decide every position, so a mirror keeps those that it was made with
 * @throws Error  the file is an embedded store's log, or was sequenced with other streams: its positions would be others
 */
export const openMirror = (path: string, streamPrefixes: readonly string[]): LogFile => {
  const log = openLogFile(path, { relaxedDurability: true, cacheKib: CACHE_KIB, remedy: REMEDY });
  try {
    const wanted = streamPrefixes.join(' ');
    const held = log.meta(PREFIXES);
    if (held === undefined && log.head().position > 0) throw new Told(say('store.no-mirror', { path }));
    if (held !== undefined && held !== wanted) throw new Told(say('store.mirror-of-other-streams', { path, held, wanted }));
    if (held === undefined) log.write(({ setMeta }) => setMeta(PREFIXES, wanted));
    return log;
  } catch (error) {
    log.close();
    throw error;
  }
};
