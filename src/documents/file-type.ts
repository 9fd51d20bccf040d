import { LIMITS, RefusedFile } from './limits.ts';
import { mainPart } from './office-package.ts';
import { childrenOf, parseXml } from './xml.ts';
import { unzip, type Parts } from './zip.ts';
import { say, type Message } from '../messages/message.ts';

/** What a file is by its first bytes and by what it holds; the name that it came with is not asked. */

export type FileKind = { readonly kind: 'xlsx' | 'docx'; readonly parts: Parts; readonly main: string } | { readonly kind: 'text' };

/** One character for each byte, which a TextDecoder does not give: it takes `latin1` for windows-1252. */
const latin = (bytes: Uint8Array, length: number): string => Buffer.from(bytes.subarray(0, length)).toString('latin1');

const unknown = (detail: Message): RefusedFile => new RefusedFile('file-unknown', detail);
const SEND = say('document.send-it-as-docx-xlsx-csv-html');

/** First bytes of what is often sent and not read. */
const OTHERS: readonly (readonly [RegExp, Message])[] = [
  [/^%PDF-/u, say('document.the-file-is-a-pdf')],
  [/^\{\\rtf/u, say('document.the-file-is-in-rich-text-format')],
  [/^\x89PNG|^\xff\xd8\xff|^GIF8|^BM.{4}\0\0\0\0|^II\*\0|^MM\0\*/su, say('document.the-file-is-a-picture')],
  [/^Rar!|^7z\xbc\xaf|^\p{Cc}\x8b/u, say('document.the-file-is-an-archive')],
  [/^MIME-Version:/iu, say('document.the-file-is-a-web-page-saved')],
  [/^\s*<\?xml[^>]*>\s*(?:<!--.*?-->\s*)?<\?mso-application/su, say('document.the-file-is-in-the-xml-format')],
];

const COMPOUND = '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1';
/** With parts, and without any. */
const ZIPS = ['PK\x03\x04', 'PK\x05\x06'];
const inCompound = (bytes: Uint8Array, name: string): boolean => Buffer.from(bytes).includes(Buffer.from(name, 'utf16le'));

const refuseCompound = (bytes: Uint8Array): RefusedFile => {
  if (inCompound(bytes, 'EncryptedPackage')) {
    return new RefusedFile('file-encrypted', say('document.the-file-is-locked-with-a-password'));
  }
  if (inCompound(bytes, 'WordDocument')) return unknown(say('document.the-file-is-in-the-old-format-of-word-or'));
  if (inCompound(bytes, 'Workbook') || inCompound(bytes, 'Book')) {
    return unknown(say('document.the-file-is-in-the-old-format-of-excel-or'));
  }
  return unknown(say('document.the-file-is-a-compound-file-of', { SEND }));
};

const MAIN_TYPES: readonly (readonly [RegExp, 'xlsx' | 'docx'])[] = [
  [/spreadsheetml\.(?:sheet|template)|ms-excel\.(?:sheet|template)\.macroEnabled/u, 'xlsx'],
  [/wordprocessingml\.(?:document|template)|ms-word\.(?:document|template)\.macroEnabled/u, 'docx'],
];

const TYPES = '[Content_Types].xml';

const contentType = (types: Uint8Array, part: string): string =>
  childrenOf(parseXml(types, TYPES), 'Override').find(({ attributes }) => attributes['PartName'] === `/${part}`)?.attributes[
    'ContentType'
  ] ?? '';

const zipKind = async (bytes: Uint8Array): Promise<FileKind> => {
  const parts = await unzip(bytes);
  const has = (name: string): boolean => parts.names.includes(name);
  const types = await parts.read(TYPES);
  if (types === undefined) {
    if (has('OFD.xml')) throw unknown(say('document.the-file-is-an-ofd-document', { SEND }));
    if (has('mimetype')) throw unknown(say('document.the-file-is-in-a-format-of'));
    throw unknown(say('document.the-file-is-an-archive-of-files', { count: parts.names.length }));
  }
  const main = await mainPart(parts);
  const type = contentType(types, main);
  const kind = MAIN_TYPES.find(([pattern]) => pattern.test(type))?.[1];
  // A writer that leaves the type to a default is known by where it puts its parts.
  const byPlace = main.startsWith('xl/') && main.endsWith('.xml') ? 'xlsx' : main.startsWith('word/') ? 'docx' : undefined;
  const found = kind ?? (type === '' ? byPlace : undefined);
  if (found === undefined) throw unknown(say('document.the-file-is-an-office-file-of', { value: type || main }));
  return { kind: found, parts, main };
};

/** Throws `RefusedFile`, with a sentence, for what is not read. */
export const fileKind = async (bytes: Uint8Array): Promise<FileKind> => {
  if (bytes.length === 0) throw new RefusedFile('file-damaged', say('document.the-file-is-empty'));
  if (bytes.length > LIMITS.bytes) {
    throw new RefusedFile('file-too-large', say('document.the-file-has-bytes-are-read-at', { count: bytes.length, bytes: LIMITS.bytes }));
  }
  const start = latin(bytes, 1024);
  if (start.startsWith(COMPOUND)) throw refuseCompound(bytes);
  if (ZIPS.some((mark) => start.startsWith(mark))) return await zipKind(bytes);
  const other = OTHERS.find(([pattern]) => pattern.test(start));
  if (other !== undefined) throw unknown(say('document.other-file', { what: other[1], send: SEND }));
  return { kind: 'text' };
};
