import { openLogFile, type LogFile } from '../log-file.ts';
import { STREAM_PREFIXES } from './stream-names.ts';

const PREFIXES = 'remote-stream-prefixes';

/**
 * The local file in which a cluster's log is sequenced.
 * @throws Error  the file is an embedded store's log, or was sequenced with other streams: its positions would be others
 */
export const openMirror = (path: string): LogFile => {
  const log = openLogFile(path);
  try {
    const wanted = STREAM_PREFIXES.join(' ');
    const held = log.meta(PREFIXES);
    if (held === undefined && log.head().position > 0) throw new Error(`${path} is the log of an embedded store, not a mirror of a cluster's`);
    if (held !== undefined && held !== wanted)
      throw new Error(`${path} was sequenced from the streams ${held}; this program sequences ${wanted}. Move it away, and it is made anew`);
    if (held === undefined) log.write(({ setMeta }) => setMeta(PREFIXES, wanted));
    return log;
  } catch (error) {
    log.close();
    throw error;
  }
};
