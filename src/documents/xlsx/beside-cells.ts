import { ownValue } from '../../kernel/own-value.ts';
import type { Gather } from '../gather.ts';
import { relationsOf } from '../office-package.ts';
import { childOf, childrenOf, eachElement, textOf, type XmlElement } from '../xml.ts';
import type { Parts } from '../zip.ts';
import { stringOf } from './sheet-cells.ts';
import { say, type Message } from '../../messages/message.ts';

/** What lies on a sheet and in none of its cells: text boxes are read, comments and pictures are told of. */

const paragraphs = (body: XmlElement): readonly string[] => childrenOf(body, 'p').map((paragraph) => textOf(paragraph));

const readDrawing = (bytes: Uint8Array, part: string, sheet: string, found: Gather): void => {
  let boxes = 0;
  const left = (what: Message): void => found.remark('object-left-out', sheet, say('document.on-the-sheet-was-not-read', { what }));
  eachElement(bytes, part, {
    txBody: (body) => {
      boxes += 1;
      const address = `${sheet}, text box ${boxes}`;
      for (const text of paragraphs(body)) found.line(address, text);
    },
    pic: () => left(say('document.a-picture')),
    graphicFrame: () => left(say('document.a-chart-or-diagram')),
  });
};

const readComments = (bytes: Uint8Array, part: string, sheet: string, found: Gather): void => {
  const tell = (comment: XmlElement): void => {
    const text = childOf(comment, 'text');
    const said = (
      text === undefined ? '' : text.children.some((child) => typeof child === 'string') ? textOf(text) : stringOf(text)
    ).trim();
    if (said !== '') found.remark('other', `${sheet}!${comment.attributes['ref'] ?? ''}`, say('document.a-comment-on-the-cell', { said }));
  };
  eachElement(bytes, part, { comment: tell, threadedComment: tell });
};

export const readBesideCells = async (parts: Parts, sheetPart: string, sheet: string, found: Gather): Promise<void> => {
  const readers: Readonly<Record<string, typeof readDrawing>> = {
    drawing: readDrawing,
    comments: readComments,
    threadedComment: readComments,
  };
  for (const { type, target, isExternal } of await relationsOf(parts, sheetPart)) {
    const reader = ownValue(readers, type);
    const bytes = reader === undefined || isExternal ? undefined : await parts.read(target);
    if (reader !== undefined && bytes !== undefined) reader(bytes, target, sheet, found);
    if (type === 'oleObject' || type === 'package') found.remark('object-left-out', sheet, say('document.a-file-that-is-embedded-in-the'));
  }
};
