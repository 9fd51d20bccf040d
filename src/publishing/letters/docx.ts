import {
  AlignmentType,
  Document,
  DocumentGridType,
  Footer,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
  type IParagraphOptions,
} from 'docx';
import JsZip from 'jszip';
import { xmlText } from '../../kernel/xml-text.ts';
import { titleLines } from './title-lines.ts';
import { attachmentList, shortColumns, signedFromRight, type Letter, type LetterBlock, type LetterTable } from './letter.ts';

/**
 * A letter as a file for Word and WPS, laid out as GB/T 9704-2012 §5 and §7 want: A4, a type area of 156 × 225 mm, 22
 * lines of 28 characters, 三号 (16 pt) 仿宋 for the text. The fonts are named and not embedded: their makers do not let
 * anybody hand them on, and an office has them.
 */

const FONT = {
  title: '方正小标宋简体',
  text: '仿宋_GB2312',
  first: '黑体',
  second: '楷体_GB2312',
  page: '宋体',
} as const;

/** Half-points, as the file format counts: 二号, 三号, 四号, 小四. */
const SIZE = { two: 44, three: 32, four: 28, smallFour: 24 } as const;

const TWIPS_PER_POINT = 20;
const twips = (millimetres: number): number => Math.round((millimetres / 25.4) * 72 * TWIPS_PER_POINT);
/** 225 mm over 22 lines. */
const LINE = Math.floor(twips(225) / 22);
/** By what 28 characters of 三号 are too wide for 156 mm, spread over them; in twips. */
const NARROWER = Math.floor(twips(156) / 28) - (SIZE.three / 2) * TWIPS_PER_POINT;
const TYPE_AREA = twips(156);

/** Both scripts of a run in one font: figures in a Chinese text stand in its font too. */
const run = (text: string, font: string, size: number, isNextLine = false): TextRun =>
  new TextRun({
    text: xmlText(text),
    ...(isNextLine ? { break: 1 } : {}),
    size,
    ...(size === SIZE.three ? { characterSpacing: NARROWER } : {}),
    font: { ascii: font, hAnsi: font, eastAsia: font, cs: font },
  });

const line = { line: LINE, lineRule: LineRuleType.EXACT, before: 0, after: 0 } as const;

type Look = Omit<IParagraphOptions, 'children' | 'text'> & { readonly font?: string; readonly size?: number };
const paragraph = (text: string, { font = FONT.text, size = SIZE.three, ...options }: Look = {}): Paragraph =>
  new Paragraph({ spacing: line, widowControl: false, ...options, children: text === '' ? [] : [run(text, font, size)] });

const CHARACTER = SIZE.three * (TWIPS_PER_POINT / 2);
/** Two characters, as a text begins. */
const indented = { indent: { firstLine: 2 * CHARACTER } } as const;

/** 小四 in a table, at 18 points a line: not on the grid of the text, which would give it two lines. */
const CELL_LINE = { line: 18 * TWIPS_PER_POINT, lineRule: LineRuleType.EXACT, before: 0, after: 0 } as const;

const tableOf = (table: LetterTable): Table => {
  const { columns, rows } = table;
  const whole = columns.reduce((sum, { weight }) => sum + weight, 0);
  const widths = columns.map(({ weight }) => Math.floor((weight / whole) * TYPE_AREA));
  const isShort = shortColumns(table);
  const cells = (texts: readonly string[], font: string): readonly TableCell[] =>
    texts.map(
      (text, index) =>
        new TableCell({
          width: { size: widths[index] ?? 0, type: WidthType.DXA },
          verticalAlign: VerticalAlignTable.CENTER,
          margins: { top: 40, bottom: 40, left: 60, right: 60 },
          children: [
            new Paragraph({
              alignment: font === FONT.first || isShort[index] === true ? AlignmentType.CENTER : AlignmentType.LEFT,
              spacing: CELL_LINE,
              children: [run(text, font, SIZE.smallFour)],
            }),
          ],
        }),
    );
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: TYPE_AREA, type: WidthType.DXA },
    columnWidths: widths,
    rows: [
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        children: cells(
          columns.map(({ heading }) => heading),
          FONT.first,
        ),
      }),
      ...rows.map((row) => new TableRow({ cantSplit: true, children: cells(row, FONT.text) })),
    ],
  });
};

const block = (of: LetterBlock, keepNext: boolean): Paragraph | Table => {
  switch (of.kind) {
    case 'table':
      return tableOf(of.table);
    case 'heading':
      return paragraph(of.text, { ...indented, keepNext: true, font: of.level === 1 ? FONT.first : FONT.second });
    default:
      return paragraph(of.text, { ...indented, alignment: AlignmentType.BOTH, keepNext });
  }
};

const TITLE = { alignment: AlignmentType.CENTER, spacing: { ...line, line: LINE + 60 } } as const;

/** In as many lines as it takes, of about the same length (§7.3.1). */
const titleOf = (title: string): Paragraph =>
  new Paragraph({ ...TITLE, children: titleLines(title).map((text, index) => run(text, FONT.title, SIZE.two, index > 0)) });

/** `— 1 —`, outside: on the right of odd pages, on the left of even ones. */
const footer = (alignment: typeof AlignmentType.LEFT | typeof AlignmentType.RIGHT): Footer =>
  new Footer({
    children: [
      new Paragraph({
        alignment,
        indent: { left: CHARACTER, right: CHARACTER },
        children: [new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'], size: SIZE.four, font: FONT.page })],
      }),
    ],
  });

/** Below each other, after 附件： (§7.3.3): the second number stands below the first. */
const attachmentLines = (titles: readonly string[]): readonly Paragraph[] =>
  attachmentList(titles).map((text, index) =>
    paragraph(text, { keepNext: true, indent: { left: 5 * CHARACTER, ...(index === 0 ? { hanging: 3 * CHARACTER } : {}) } }),
  );

const signed = (text: string, fromRight: number, keepNext: boolean): Paragraph =>
  paragraph(text, { alignment: AlignmentType.RIGHT, indent: { right: Math.round(fromRight * CHARACTER) }, keepLines: true, keepNext });

/** The last blocks stay on the page of the signature: it never stands on one alone. */
const TOGETHER = 2;

const bodyOf = ({ number, title, addressee, blocks, attachments, signature, date }: Letter): readonly (Paragraph | Table)[] => {
  const isSigned = signature !== null || date !== null;
  const right = signedFromRight({ signature, date });
  return [
    ...(number === null ? [] : [paragraph(number, { alignment: AlignmentType.CENTER }), paragraph('')]),
    titleOf(title),
    paragraph(''),
    ...(addressee === null ? [] : [paragraph(`${addressee}：`)]),
    ...blocks.map((each, index) => block(each, isSigned && index >= blocks.length - TOGETHER)),
    ...(attachments.length === 0 ? [] : [paragraph('', { keepNext: true })]),
    ...attachmentLines(attachments.map(({ title: name }) => name)),
    ...(isSigned ? [paragraph('', { keepNext: true })] : []),
    ...(signature === null ? [] : [signed(signature, right.signature, date !== null)]),
    ...(date === null ? [] : [signed(date, right.date, false)]),
    ...attachments.flatMap(({ title: name, blocks: inner }, index) => [
      paragraph(`附件${attachments.length === 1 ? '' : index + 1}`, { font: FONT.first, pageBreakBefore: true }),
      paragraph(''),
      titleOf(name),
      paragraph(''),
      ...inner.map((each) => block(each, false)),
    ]),
  ];
};

/** The times that the format puts in: not when the file was made, so that the same letter is the same file. */
const NO_TIME = new Date('2000-01-01T00:00:00Z');
const TIMES = /(<dcterms:(?:created|modified)[^>]*>)[^<]*/gu;

/**
 * Lines of another height than the grid's do not snap to it, where a program would give them two of its lines. The library
 * has no word for that; the schema wants it before the spacing.
 */
const OFF_GRID = new RegExp(`(?=<w:spacing [^>]*w:line="(?!${LINE}")\\d+")`, 'gu');

/** The same parts, in their order, with lines off the grid, and without the time at which they were packed. */
const finished = async (bytes: Uint8Array): Promise<Buffer> => {
  const archive = await JsZip.loadAsync(bytes);
  const made = new JsZip();
  for (const [name, part] of Object.entries(archive.files)) {
    if (part.dir) continue;
    const content = await part.async('nodebuffer');

    const changed =
      name === 'docProps/core.xml'
        ? content.toString('utf8').replaceAll(TIMES, `$1${NO_TIME.toISOString()}`)
        : name === 'word/document.xml'
          ? content.toString('utf8').replaceAll(OFF_GRID, '<w:snapToGrid w:val="0"/>')
          : content;
    made.file(name, changed, { date: NO_TIME, createFolders: false });
  }
  return made.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
};

/** Figures are no Chinese text: where they were said to be, programs break a number between its digits. */
const LANGUAGE = { value: 'en-US', eastAsia: 'zh-CN' } as const;

/** The bytes of the file: the same for the same letter. */
export const letterDocx = async (letter: Letter): Promise<Buffer> =>
  finished(
    await Packer.toBuffer(
      new Document({
        creator: xmlText(letter.signature ?? 'Duban'),
        title: xmlText(letter.title),
        evenAndOddHeaderAndFooters: true,
        styles: { default: { document: { run: { font: FONT.text, size: SIZE.three, language: LANGUAGE } } } },
        sections: [
          {
            properties: {
              page: {
                size: { width: twips(210), height: twips(297) },
                margin: {
                  top: twips(37),
                  bottom: twips(35),
                  left: twips(28),
                  right: twips(26),
                  footer: twips(25),
                },
              },
              grid: { type: DocumentGridType.LINES, linePitch: LINE },
            },
            footers: { default: footer(AlignmentType.RIGHT), even: footer(AlignmentType.LEFT) },
            children: bodyOf(letter),
          },
        ],
      }),
    ),
  );
