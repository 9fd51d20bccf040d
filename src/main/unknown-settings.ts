import { distance, nearest } from '../kernel/nearest.ts';
import { SETTINGS } from './config.ts';
import { say, type Message } from '../messages/message.ts';

/** Names in the environment that look like a setting and are none: a slip of the pen would otherwise change nothing, in silence. */

/** Read elsewhere: by the command line. */
const OTHERS = ['DUBAN_TOKEN', 'DUBAN_PASSWORD'];
const OURS = /^(?:DUBAN|LEDGER|EVENTSTORE)_/u;
/** What an orchestrator sets for a service that is called duban. */
const SERVICE_LINK = /_(?:SERVICE_(?:HOST|PORT)|PORT)(?:_|$)/u;
/** As many letters as may be wrong: one of a short name, for PATH is not PORT. */
const slips = (name: string): number => (name.length < 8 ? 1 : 2);

const nearestTo = (name: string): string | undefined => {
  const text = name.toUpperCase().replace(/^DUBAN_/u, '');
  const like = nearest(text, SETTINGS);
  return like !== undefined && distance(text, like) <= slips(like) ? like : undefined;
};

/** A sentence for each. */
export const unknownSettings = (env: Readonly<Record<string, string | undefined>>): readonly Message[] =>
  Object.keys(env).flatMap((name) => {
    if (SETTINGS.includes(name) || OTHERS.includes(name) || (name.startsWith('DUBAN_') && SERVICE_LINK.test(name))) return [];
    const like = nearestTo(name);
    if (like !== undefined) return [say('setting.is-none-but', { name, like })];
    return OURS.test(name) ? [say('setting.is-none', { name })] : [];
  });
