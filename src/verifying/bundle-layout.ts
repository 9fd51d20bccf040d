import { canonicalText } from '../kernel/canonical.ts';
import { Unreadable } from './fault.ts';
import { say } from '../messages/message.ts';

/**
 * An exported bundle: a directory in the layout of C2SP tlog-tiles, so that any tool that knows it can read it.
 *
 *     bundle.json               {"format":"duban-bundle/1","origin":"…"}
 *     keys                      verifier keys, oldest first, one a line
 *     checkpoint                the newest signed note with its cosignatures
 *     checkpoints/<size>        every signed note
 *     timestamps/<size>.tsr     what a time-stamping authority replied about one (RFC 3161)
 *     tile/<L>/<N>[.p/<W>]      hashes
 *     tile/entries/<N>[.p/<W>]  the events' bytes, each behind its length
 */
export const MANIFEST = 'bundle.json';
export const KEYS = 'keys';
export const NEWEST = 'checkpoint';
export const NOTES = 'checkpoints';
export const stampPlace = (size: number): string => `timestamps/${size}.tsr`;

const FORMAT = 'duban-bundle/1';

export const manifestText = (origin: string): string => `${canonicalText({ format: FORMAT, origin })}\n`;

/** The origin in a manifest. Throws `Unreadable`. */
export const originIn = (text: string): string => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Unreadable(MANIFEST, say('verifying.is-not-json'));
  }
  // Whatever it is, its members are looked at below.
  const { format, origin } = Object(value) as { readonly format?: unknown; readonly origin?: unknown };
  if (format !== FORMAT) throw new Unreadable(MANIFEST, say('verifying.of-no-known-format', { format: String(format) }));
  if (typeof origin !== 'string' || manifestText(origin) !== text)
    throw new Unreadable(MANIFEST, say('verifying.not-as-format-writes-it', { format: FORMAT }));
  return origin;
};

/** The lines of a file of keys. Throws `Unreadable` where the last one has no end. */
export const linesOf = (place: string, text: string): readonly string[] => {
  const lines = text.split('\n');
  if (lines.pop() !== '' || lines.length === 0) throw new Unreadable(place, say('verifying.no-newline-at-end'));
  return lines;
};
