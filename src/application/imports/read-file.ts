import { readSource } from '../../documents/read-source.ts';
import type { ReadFile } from './reading.ts';
import { readDocument } from './stand-in.ts';

export const readFile: ReadFile = async (bytes, { name, mediaType: called }, profile) => {
  const read = await readSource(bytes, { ...(name !== null && { name }), ...(called !== null && { mediaType: called }) });
  if (!read.ok) return read;
  const { mediaType, encoding, remarks } = read.source;
  return { ok: true, mediaType, encoding, remarks, reading: readDocument(read.source, profile) };
};
