import { readCsv } from './csv.ts';
import { decodeText } from './decoding.ts';
import { readDocx } from './docx/read-docx.ts';
import { fileKind } from './file-type.ts';
import { isPage, readHtml } from './html/read-html.ts';
import { RefusedFile } from './limits.ts';
import type { Source, SourceReading } from './source.ts';
import { readText } from './text.ts';
import { readXlsx } from './xlsx/read-xlsx.ts';

/** What the sender calls the file; decides nothing that the bytes decide. */
export type SourceHint = { readonly name?: string; readonly mediaType?: string };

const isCalledCsv = ({ name = '', mediaType = '' }: SourceHint): boolean =>
  /\.(?:csv|tsv)$/iu.test(name) || /^text\/(?:csv|tab-separated-values)\b/iu.test(mediaType);

const read = async (bytes: Uint8Array, hint: SourceHint): Promise<Source> => {
  const file = await fileKind(bytes);
  if (file.kind === 'xlsx') return await readXlsx(file.parts, file.main);
  if (file.kind === 'docx') return await readDocx(file.parts, file.main);
  const decoded = decodeText(bytes);
  if (isPage(decoded.text)) return readHtml(decoded);
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
    if (error instanceof RefusedFile) return { ok: false, problem: { code: error.code, detail: error.told } };
    throw error;
  }
};
