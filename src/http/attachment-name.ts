/** What `encodeURIComponent` leaves alone and RFC 8187 §3.2.1 does not. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replaceAll(/['()*]/gu, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

/** `Content-Disposition` of a file to be saved (RFC 6266 §4.3): the ASCII name is for programs that know no other. */
export const savedAs = (ascii: string, name: string): string =>
  `attachment; filename="${ascii.replaceAll(/[^\x20-\x7e]|["\\]/gu, '_')}"; filename*=UTF-8''${encoded(name)}`;
