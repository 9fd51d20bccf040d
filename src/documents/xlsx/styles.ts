import { childOf, childrenOf, isOn, parseXml } from '../xml.ts';
import { BUILTIN_FORMATS } from './builtin-formats.ts';
import { numberFormat, textFormat, type NumberFormat } from './format-number.ts';

/** How the cells of a style show what they hold. */
export type CellStyle = {
  readonly number: NumberFormat;
  readonly text: (text: string) => string;
  readonly isStruckThrough: boolean;
};

const plain = (is1904: boolean): CellStyle => ({ number: numberFormat('General', is1904), text: (text) => text, isStruckThrough: false });

/** Styles by the number that cells name; a number that the workbook does not have is shown plainly. */
export const readStyles = (bytes: Uint8Array | undefined, part: string, is1904: boolean): ((index: number) => CellStyle) => {
  const usual = plain(is1904);
  if (bytes === undefined) return () => usual;
  const root = parseXml(bytes, part);
  const listed = (list: string, name: string): ReturnType<typeof childrenOf> => {
    const element = childOf(root, list);
    return element === undefined ? [] : childrenOf(element, name);
  };
  const own = new Map(
    listed('numFmts', 'numFmt').map(({ attributes }) => [Number(attributes['numFmtId']), attributes['formatCode'] ?? '']),
  );
  const struck = listed('fonts', 'font').map((font) => {
    const strike = childOf(font, 'strike');
    return strike !== undefined && isOn(strike.attributes['val'] ?? '1');
  });
  const formats = new Map<string, Pick<CellStyle, 'number' | 'text'>>();
  const format = (code: string): Pick<CellStyle, 'number' | 'text'> => {
    const known = formats.get(code) ?? { number: numberFormat(code, is1904), text: textFormat(code) };
    formats.set(code, known);
    return known;
  };
  const styles = listed('cellXfs', 'xf').map(({ attributes }): CellStyle => {
    const id = Number(attributes['numFmtId'] ?? 0);
    const code = own.get(id) ?? BUILTIN_FORMATS[id] ?? 'General';
    const isStruckThrough = struck[Number(attributes['fontId'] ?? -1)] ?? false;
    return { ...format(code), isStruckThrough };
  });
  return (index) => styles[index] ?? usual;
};
