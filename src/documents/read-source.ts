import { readCsv } from './csv.ts';
import { decodeText } from './decoding.ts';
import { LIMITS, RefusedFile } from './limits.ts';
import type { Source, SourceReading } from './source.ts';
import { readText } from './text.ts';

/** What the sender calls the file; decides nothing that the bytes decide. */
export type SourceHint = { readonly name?: string; readonly mediaType?: string };

const isCalledCsv = ({ name = '', mediaType = '' }: SourceHint): boolean =>
  /\.(?:csv|tsv)$/iu.test(name) || /^text\/(?:csv|tab-separated-values)\b/iu.test(mediaType);

// oxlint-disable-next-line typescript/require-await -- the readers of zipped files await
const read = async (bytes: Uint8Array, hint: SourceHint): Promise<Source> => {
  if (bytes.length === 0) throw new RefusedFile('file-damaged', 'The file is empty.');
  if (bytes.length > LIMITS.bytes) {
    throw new RefusedFile('file-too-large', `The file has ${bytes.length} bytes; ${LIMITS.bytes} are read at most.`);
  }
  const decoded = decodeText(bytes);
  return readCsv(decoded, isCalledCsv(hint)) ?? readText(decoded);
};

/**
 * A file of any office: its lines and table rows in order, each with its address. Never throws for what the bytes are: a
 * file that cannot be read is answered with the reason, as a sentence.
 */
export const readSource = async (bytes: Uint8Array, hint: SourceHint = {}): Promise<SourceReading> => {
  try {
    return { ok: true, source: await read(bytes, hint) };
  } catch (error) {
    if (error instanceof RefusedFile) return { ok: false, problem: { code: error.code, detail: error.message } };
    throw error;
  }
};
