import { posix } from 'node:path';
import { RefusedFile } from './limits.ts';
import type { Parts } from './zip.ts';
import { elements, parseXml } from './xml.ts';
import { say } from '../messages/message.ts';

/** How the parts of an office file (ECMA-376 part 2) refer to each other. */

export type Relation = { readonly id: string; readonly type: string; readonly target: string; readonly isExternal: boolean };

const relationsFile = (part: string): string => posix.join(posix.dirname(part), '_rels', `${posix.basename(part)}.rels`);

const resolved = (part: string, target: string): string =>
  target.startsWith('/') ? posix.normalize(target).slice(1) : posix.join(posix.dirname(part), target);

/** Of one part, or of the whole file (`''`). The type is its last word: `worksheet`, `comments`. */
export const relationsOf = async (parts: Parts, part: string): Promise<readonly Relation[]> => {
  const name = part === '' ? '_rels/.rels' : relationsFile(part);
  const bytes = await parts.read(name);
  if (bytes === undefined) return [];
  return elements(parseXml(bytes, name)).map(({ attributes }) => {
    const isExternal = attributes['TargetMode'] === 'External';
    const target = attributes['Target'] ?? '';
    return {
      id: attributes['Id'] ?? '',
      type: posix.basename(attributes['Type'] ?? ''),
      target: isExternal ? target : resolved(part, target),
      isExternal,
    };
  });
};

/** The part that everything else hangs on: the workbook, the document. */
export const mainPart = async (parts: Parts): Promise<string> => {
  const main = (await relationsOf(parts, '')).find(({ type, isExternal }) => type === 'officeDocument' && !isExternal);
  if (main === undefined) throw new RefusedFile('file-damaged', say('document.the-file-does-not-say-which-of'));
  return main.target;
};

/** A part that must be there. */
export const partOf = async (parts: Parts, name: string): Promise<Uint8Array> => {
  const bytes = await parts.read(name);
  if (bytes === undefined) throw new RefusedFile('file-damaged', say('document.the-file-is-incomplete-its-part-is', { name }));
  return bytes;
};
