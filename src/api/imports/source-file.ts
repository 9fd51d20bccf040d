import { savedAs } from '../../http/routes.ts';

/** A document that was sent, as it is given back: of which type it is and what it is called. */

const EXTENSIONS: ReadonlyMap<string, string> = new Map([
  ['text/plain', 'txt'],
  ['text/csv', 'csv'],
  ['text/tab-separated-values', 'tsv'],
  ['text/html', 'html'],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'xlsx'],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'docx'],
]);
/** Of what was imported before types were recorded. */
const UNKNOWN = 'application/octet-stream';

export const SOURCE_TYPES: readonly string[] = [...EXTENSIONS.keys(), UNKNOWN];

/** By content, as it was found when it was read. */
export const typeOf = (mediaType: string | null, encoding: string | null): string => {
  if (mediaType === null || !EXTENSIONS.has(mediaType)) return UNKNOWN;
  return encoding !== null && mediaType.startsWith('text/') ? `${mediaType}; charset=${encoding}` : mediaType;
};

/** `Content-Disposition`: the sender's name without any folders, for older programs the import's id. */
export const sourceNamed = (id: string, name: string | null, mediaType: string | null): string => {
  const own = `${id}.${EXTENSIONS.get(mediaType ?? '') ?? 'bin'}`;
  const last = name?.split(/[\\/]/u).at(-1) ?? '';
  return savedAs(own, last === '' ? own : last);
};
