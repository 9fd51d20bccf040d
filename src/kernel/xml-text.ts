/** What XML 1.0 has no character for: most controls, U+FFFE and U+FFFF, and half of a surrogate pair, which is none. */
const NO_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** The text as a document of XML or HTML may hold it: U+FFFD stands for each character that neither can. Nothing is escaped. */
export const xmlText = (text: string): string => text.replaceAll(NO_XML, '\uFFFD');
