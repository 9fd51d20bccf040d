import type { LogFile } from './log-file.ts';
import { say } from '../messages/message.ts';
import { Told } from '../messages/told.ts';

const DEFAULT_SOURCE = '/duban/1';

/**
 * The log's own name, `/duban/<incarnation>`: it stands in every event. A log keeps the one it was made with.
 * @throws Error  another name is wanted
 */
export const sourceOf = (log: LogFile, wanted: string | undefined): string => {
  const held = log.meta('source');
  if (held !== undefined && wanted !== undefined && held !== wanted) throw new Told(say('store.log-has-another-name', { held, wanted }));
  const source = held ?? wanted ?? DEFAULT_SOURCE;
  if (held === undefined) log.write((writer) => writer.setMeta('source', source));
  return source;
};
