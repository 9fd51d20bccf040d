import { isUtf8 } from 'node:buffer';
import { say, type Message } from '../messages/message.ts';

/** What a file can be called, by its first bytes: enough to tell a picture from a document, and no more. */

/** Bytes of a file that are looked at. */
export const START = 512;

type Signature = { readonly begins: readonly string[]; readonly types: readonly [string, ...string[]] };

/** Of forms that begin so and in no other way; the first type is the right name. */
const SIGNATURES: readonly Signature[] = [
  { begins: ['%PDF-'], types: ['application/pdf'] },
  { begins: ['\x89PNG\r\n'], types: ['image/png'] },
  { begins: ['\xff\xd8\xff'], types: ['image/jpeg', 'image/jpg', 'image/pjpeg'] },
  { begins: ['GIF87a', 'GIF89a'], types: ['image/gif'] },
];
/** Of forms that many programs write into: any other application's type is one of theirs. */
const CONTAINERS: readonly Signature[] = [
  { begins: ['PK\x03\x04', 'PK\x05\x06'], types: ['application/zip'] },
  { begins: ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'], types: ['application/x-cfb'] },
];
/** What anything may be called. */
const ANYTHING = 'application/octet-stream';

const signatureOf = (text: string, among: readonly Signature[]): Signature | undefined =>
  among.find(({ begins }) => begins.some((start) => text.startsWith(start)));

/** Why a file that begins with these bytes is not of a media type, with the right one; undefined where it may be. */
export const mediaTypeFault = (start: Uint8Array, mediaType: string): Message | undefined => {
  const said = mediaType.toLowerCase();
  const text = Buffer.from(start).toString('latin1'); // a TextDecoder takes that name for windows-1252
  const known = signatureOf(text, SIGNATURES);
  if (said === ANYTHING || known?.types.includes(said) === true) return undefined;
  const claimed = SIGNATURES.some(({ types }) => types.includes(said));
  const container = signatureOf(text, CONTAINERS)?.types[0];
  const isText = !text.includes('\0') && isUtf8(start.subarray(0, -3)); // its last character may be cut
  const right = known?.types[0] ?? container ?? (isText ? 'text/plain' : ANYTHING);
  const isWrong = known !== undefined || claimed || (container !== undefined && !said.startsWith('application/'));
  return isWrong ? say('application.media-type-by-bytes', { type: right }) : undefined;
};
