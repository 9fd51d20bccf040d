import { LIMITS, RefusedFile } from '../limits.ts';
import { partOf, relationsOf, type Relation } from '../office-package.ts';
import { childOf, childrenOf, eachElement, isOn, parseXml } from '../xml.ts';
import type { Parts } from '../zip.ts';
import { stringOf, type SheetContext } from './sheet-cells.ts';
import { readStyles } from './styles.ts';
import { say } from '../../messages/message.ts';

export type SheetEntry = {
  readonly name: string;
  readonly isHidden: boolean;
  /** The part that holds its cells; null where it is a chart or a dialog. */
  readonly part: string | null;
};

export type Workbook = {
  readonly sheets: readonly SheetEntry[];
  readonly context: SheetContext;
  readonly relations: readonly Relation[];
};

const sharedStrings = async (parts: Parts, part: string | undefined): Promise<readonly string[]> => {
  const bytes = part === undefined ? undefined : await parts.read(part);
  const strings: string[] = [];
  if (bytes !== undefined && part !== undefined) eachElement(bytes, part, { si: (item) => strings.push(stringOf(item)) });
  return strings;
};

/** Throws `RefusedFile`. */
export const readWorkbook = async (parts: Parts, part: string): Promise<Workbook> => {
  const root = parseXml(await partOf(parts, part), part);
  const relations = await relationsOf(parts, part);
  const target = (type: string): string | undefined => relations.find((relation) => relation.type === type && !relation.isExternal)?.target;
  const is1904 = isOn(childOf(root, 'workbookPr')?.attributes['date1904']);
  const stylesPart = target('styles');
  const styles = stylesPart === undefined ? undefined : await parts.read(stylesPart);
  const list = childOf(root, 'sheets');
  const listed = list === undefined ? [] : childrenOf(list, 'sheet');
  if (listed.length > LIMITS.sheets)
    throw new RefusedFile('file-too-large', say('document.the-file-has-sheets-are-read', { count: listed.length, sheets: LIMITS.sheets }));
  const sheets = listed.map(({ attributes }): SheetEntry => {
    const relation = relations.find(({ id }) => id === attributes['id']);
    const { name = '', state = 'visible' } = attributes;
    return { name, isHidden: state !== 'visible', part: relation?.type === 'worksheet' && !relation.isExternal ? relation.target : null };
  });
  return {
    sheets,
    context: { shared: await sharedStrings(parts, target('sharedStrings')), style: readStyles(styles, stylesPart ?? '', is1904) },
    relations,
  };
};
