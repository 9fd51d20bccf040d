import { isPiled, MAX_MARKS, showsNothing } from '../kernel/visible-text.ts';
import { fold } from '../kernel/text-folding.ts';
import { read, refuse, type Line, type Read } from './reading.ts';

/** The lines that hold anything, closed by an empty one: no reader can run past the end. */
export type Lines = { readonly at: (index: number) => Line };

const LINE_FEED = 0x0a;

const splitBytes = (bytes: Uint8Array): readonly Uint8Array[] => {
  const parts: Uint8Array[] = [];
  let from = 0;
  for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, from)) {
    parts.push(bytes.subarray(from, end));
    from = end + 1;
  }
  return [...parts, bytes.subarray(from)];
};

const line = (n: number, text: string): Line => ({ n, text, folded: fold(text) });

// Whatever is said in a directive is said in visible characters; a tab is a blank.
const CONTROL = /(?!\t)\p{Cc}/u;

// The longest of the directive's lines has some 300; the work on a line may grow with its square.
const LONGEST = 5000;

/**
 * UTF-8 bytes to numbered lines. A byte order mark at the start and a carriage return at a line's end belong to the
 * transport and are passed over; bytes that are no UTF-8 are refused with the line they are in.
 */
export const readLines = (bytes: Uint8Array): Read<Lines> => {
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const lenient = new TextDecoder('utf-8', { ignoreBOM: true });
  const lines: Line[] = [];
  const parts = splitBytes(bytes);
  for (const [index, part] of parts.entries()) {
    let decoded: string;
    try {
      decoded = strict.decode(part);
    } catch {
      return refuse(line(index + 1, lenient.decode(part)), 'text in UTF-8');
    }
    // trim() takes a byte order mark and a carriage return as blanks. Both bounds are for what normalize is given.
    const trimmed = decoded.trim();
    if (trimmed.length > LONGEST) return refuse(line(index + 1, trimmed), `a line of at most ${LONGEST} characters`);
    if (isPiled(trimmed)) return refuse(line(index + 1, trimmed), `text with at most ${MAX_MARKS} combining marks in a row`);
    const text = trimmed.normalize('NFC');
    if (CONTROL.test(text)) return refuse(line(index + 1, text), 'text without control characters');
    if (text !== '' && !showsNothing(text)) lines.push(line(index + 1, text));
  }
  const end = line((lines.at(-1)?.n ?? 0) + 1, '');
  return read({ at: (index) => lines[index] ?? end }, 0);
};
