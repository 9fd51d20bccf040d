import { Told } from '../messages/told.ts';
import type { Text } from '../messages/message.ts';
/**
 * What is read at most of one file. An office's longest ledgers have some thousand rows and some ten thousand cells; who
 * goes over a bound is told so, and nothing is cut off in silence.
 */
export const LIMITS = {
  /** Of the file as it came. */
  bytes: 20 * 1024 * 1024,
  /** Of a text, and of a document's paragraphs: some 600 pages. */
  lines: 30_000,
  /** Cells and lines together, merged ones counted each. */
  places: 200_000,
  /** Of one cell or line, in UTF-16 units; and of all together, those that merged cells repeat among them. */
  characters: 100_000,
  allCharacters: 24 * 1024 * 1024,
  sheets: 256,
  zip: {
    entries: 2000,
    /** Of the parts that are read, unzipped: `free`, and `ratio` times what the file has zipped, but never over `bytes`. */
    bytes: 128 * 1024 * 1024,
    free: 16 * 1024 * 1024,
    ratio: 20,
  },
  xml: { depth: 200, elements: 400_000 },
  html: { depth: 500, elements: 300_000 },
} as const;

/** The file is refused with this sentence; caught by `readSource` and by nobody else. */
export class RefusedFile extends Told {
  readonly code: 'file-unknown' | 'file-damaged' | 'file-encrypted' | 'file-too-large';

  constructor(code: RefusedFile['code'], detail: Text) {
    super(detail);
    this.code = code;
  }
}
