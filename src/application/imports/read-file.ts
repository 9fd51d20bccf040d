import { readSource } from '../../documents/read-source.ts';
import type { ReadFile } from './reading.ts';

/** Reads a file in this thread. */
export const readFile: ReadFile = async (bytes, { name, mediaType: called }, profile) => {
  const read = await readSource(bytes, { ...(name !== null && { name }), ...(called !== null && { mediaType: called }) });
  if (!read.ok) return read;
  const { mediaType, encoding, remarks } = read.source;
  const { readDocument } = await import('../../importer/read-document.ts');
  return { ok: true, mediaType, encoding, remarks, reading: readDocument(read.source, profile ?? undefined) };
};
