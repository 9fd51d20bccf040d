import { gather } from '../gather.ts';
import { partOf, relationsOf, type Relation } from '../office-package.ts';
import type { Source } from '../source.ts';
import { childOf, childrenOf, parseXml, type XmlElement } from '../xml.ts';
import type { Parts } from '../zip.ts';
import { RefusedFile } from '../limits.ts';
import { addBlocks, plainText, type Context } from './blocks.ts';
import { readNumbering } from './numbering.ts';
import { readParagraphStyles } from './styles.ts';
import { say } from '../../messages/message.ts';

type Named = { readonly bytes: Uint8Array | undefined; readonly part: string };

const ofType = async (parts: Parts, relations: readonly Relation[], type: string): Promise<readonly Named[]> => {
  const found: Named[] = [];
  for (const relation of relations) {
    if (relation.type !== type || relation.isExternal) continue;
    found.push({ bytes: await parts.read(relation.target), part: relation.target });
  }
  return found;
};

const NONE: Named = { bytes: undefined, part: '' };

const byId = ({ bytes, part }: Named, name: string): Map<string, XmlElement> =>
  bytes === undefined
    ? new Map<string, XmlElement>()
    : new Map(childrenOf(parseXml(bytes, part), name).map((element) => [element.attributes['id'] ?? '', element]));

/** A document's text in its order; then its notes. Heads and feet of its pages are said, and so is what was not read. */
export const readDocx = async (parts: Parts, main: string): Promise<Source> => {
  const relations = await relationsOf(parts, main);
  const first = async (type: string): Promise<Named> => (await ofType(parts, relations, type))[0] ?? NONE;
  const body = childOf(parseXml(await partOf(parts, main), main), 'body');
  if (body === undefined) throw new RefusedFile('file-damaged', say('document.has-no-text', { main }));
  const [numbering, styles, comments] = [await first('numbering'), await first('styles'), await first('comments')];
  const found = gather();
  const context: Context = {
    found,
    numbering: readNumbering(numbering.bytes, numbering.part),
    style: readParagraphStyles(styles.bytes, styles.part),
    comments: new Map([...byId(comments, 'comment')].map(([id, comment]) => [id, plainText(comment)])),
    notes: [],
    counts: { paragraphs: 0, tables: 0, boxes: 0 },
  };
  addBlocks(body, context);

  const texts = { footnote: byId(await first('footnotes'), 'footnote'), endnote: byId(await first('endnotes'), 'endnote') };
  const numbers = { footnote: 0, endnote: 0 };
  for (const { kind, id } of context.notes) {
    const note = texts[kind].get(id);
    if (note === undefined) continue;
    texts[kind].delete(id);
    numbers[kind] += 1;
    found.line(`${kind} ${numbers[kind]}`, plainText(note));
  }
  for (const [type, name] of [
    ['header', 'head'],
    ['footer', 'foot'],
  ] as const) {
    for (const { bytes, part } of await ofType(parts, relations, type)) {
      const text = bytes === undefined ? '' : plainText(parseXml(bytes, part)).trim();
      if (text !== '') found.remark('other', `${name} of the pages`, say('document.at-the-of-the-pages', { name, text }));
    }
  }
  if (relations.some(({ type }) => type === 'vbaProject'))
    found.remark('object-left-out', main, say('document.the-macros-of-the-file-were-not'));
  return {
    type: 'docx',
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    encoding: null,
    blocks: found.blocks,
    remarks: found.remarks,
  };
};
