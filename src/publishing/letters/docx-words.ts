import { inflateRawSync } from 'node:zlib';
import { ownValue } from '../../kernel/own-value.ts';

/**
 * The words of a .docx, a line for each paragraph and each row of a table (cells parted by tabs): what a reader sees, to be
 * held against what was issued. A file that another program has saved again is read too.
 */

const END_OF_DIRECTORY = 0x06054b50;
const ENTRY = 0x02014b50;
const LARGEST = 64 * 1024 * 1024;

/** One file of a zip archive (APPNOTE.TXT 4.3); undefined where it is not there, or the archive is none. */
const fileIn = (zip: Buffer, name: string): Buffer | undefined => {
  let end = zip.length - 22;
  while (end >= 0 && zip.readUInt32LE(end) !== END_OF_DIRECTORY) end -= 1;
  if (end < 0) return undefined;
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0 && at + 46 <= zip.length && zip.readUInt32LE(at) === ENTRY; left -= 1) {
    const [nameLength, extraLength, commentLength] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)];
    if (zip.toString('utf8', at + 46, at + 46 + nameLength) === name) {
      const local = zip.readUInt32LE(at + 42);
      const begin = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
      const bytes = zip.subarray(begin, begin + zip.readUInt32LE(at + 20));
      return zip.readUInt16LE(at + 10) === 0 ? bytes : inflateRawSync(bytes, { maxOutputLength: LARGEST });
    }
    at += 46 + nameLength + extraLength + commentLength;
  }
  return undefined;
};

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const unescaped = (text: string): string =>
  text.replaceAll(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/giu, (whole, hex?: string, decimal?: string, name?: string) => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    return ownValue(ENTITIES, name ?? '') ?? whole;
  });

const PART = /<w:t(?: [^>]*)?>([^<]*)<\/w:t>|<(\/?)w:(p|tc|tr)(?: [^>]*[^/])?>|<w:tab\/>/gu;

/** Undefined where the bytes are no .docx. Paragraphs without words are left out. */
export const docxWords = (bytes: Uint8Array): readonly string[] | undefined => {
  let xml: Buffer | undefined;
  try {
    xml = fileIn(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), 'word/document.xml');
  } catch {
    return undefined;
  }
  if (xml === undefined) return undefined;
  const lines: string[] = [];
  let line = '';
  let row: string[] | undefined;
  const end = (): void => {
    if (line !== '') lines.push(line);
    line = '';
  };
  for (const [whole, text, slash, tag] of xml.toString('utf8').matchAll(PART)) {
    if (text !== undefined) line += unescaped(text);
    else if (tag === undefined) line += whole === '<w:tab/>' ? '\t' : '';
    else if (tag === 'tr') {
      if (slash !== '/') row = [];
      else {
        lines.push((row ?? []).join('\t'));
        row = undefined;
      }
    } else if (tag === 'tc' && slash === '/') {
      row?.push(line);
      line = '';
    } else if (tag === 'p' && slash === '/' && row === undefined) end();
  }
  end();
  return lines;
};
