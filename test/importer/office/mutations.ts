import { xlsxOf } from '../../documents/zip-writer.ts';
import { cell, type OfficeBlock, type OfficeCell, type OfficeDocument, type OfficeRow, type OfficeTable } from './model.ts';
import { asDocx, asHtml, asXlsx, escaped, inline, plainHtml, plainRuns, sheetOf } from './writers.ts';

/** How offices lay the same document out in Word, in a sheet and on a page: what it says stays what it says. */

export type Layout = {
  readonly name: string;
  /** null where the document has nothing that could be laid out so. */
  readonly write: (document: OfficeDocument) => Uint8Array | null;
  /** Something is said that a person may want to look at, though nothing is read otherwise. */
  readonly tells?: RegExp;
};

type Change = (document: OfficeDocument) => OfficeDocument | null;

const tablesOf = (document: OfficeDocument): readonly OfficeTable[] => document.flatMap((block) => (block.kind === 'table' ? [block] : []));
const filled = (row: OfficeRow): number => row.filter((own) => own !== null && own.text.trim() !== '').length;

/** The row under which the items stand: the first that fills most of its cells. */
const headerAt = ({ rows }: OfficeTable): number => rows.findIndex((row) => filled(row) >= 3 && filled(row) * 2 > row.length);
const isPlain = (row: OfficeRow): boolean => row.every((own) => own !== null && own.across === 1 && own.down === 1);

const withTables =
  (change: (table: OfficeTable) => OfficeTable | readonly OfficeBlock[] | null): Change =>
  (document) => {
    let changed = false;
    const blocks = document.flatMap((block): readonly OfficeBlock[] => {
      if (block.kind !== 'table' || headerAt(block) < 0) return [block];
      const result = change(block);
      if (result === null) return [block];
      changed = true;
      return Array.isArray(result) ? (result as readonly OfficeBlock[]) : [result as OfficeTable]; // one of the two, told apart here
    });
    return changed ? blocks : null;
  };

const withTexts =
  (change: (text: string) => string): Change =>
  (document) => {
    const changed = document.map((block): OfficeBlock =>
      block.kind === 'table'
        ? { ...block, rows: block.rows.map((row) => row.map((own) => (own === null ? null : { ...own, text: change(own.text) }))) }
        : { ...block, text: change(block.text) },
    );
    return JSON.stringify(changed) === JSON.stringify(document) ? null : changed;
  };

/** Neighbouring cells of a column that say the same are one cell. */
const mergedDown: Change = withTables((table) => {
  const head = headerAt(table);
  const rows = table.rows.map((row) => [...row]);
  let changed = false;
  // Cells of a number or of a deed are each their own.
  for (let column = 1; column < (rows[head]?.length ?? 0); column += 1) {
    for (let row = head + 1; row < rows.length; row += 1) {
      const first = rows[row]?.[column];
      if (first === null || first === undefined || first.text === '' || first.across > 1 || first.down > 1) continue;
      let end = row + 1;
      const says = (at: number): boolean => {
        const own = rows[at]?.[column];
        return own?.text === first.text && own.across === 1 && own.down === 1 && isPlain(table.rows[at] ?? []);
      };
      while (end < rows.length && says(end)) end += 1;
      if (end === row + 1) continue;
      changed = true;
      const own = rows[row];
      if (own !== undefined) own[column] = { ...first, down: end - row };
      for (let below = row + 1; below < end; below += 1) {
        const line = rows[below];
        if (line !== undefined) line[column] = null;
      }
      row = end - 1;
    }
  }
  return changed ? { ...table, rows } : null;
});

/** A title above the table is a row of it, over its whole width. */
const titleInTable: Change = (document) => {
  const at = document.findIndex((block) => block.kind === 'table' && headerAt(block) >= 0);
  const table = document[at];
  if (table?.kind !== 'table' || at === 0) return null;
  const width = table.rows[0]?.length ?? 1;
  const above = document.slice(0, at).map((block): OfficeRow => {
    const text = block.kind === 'paragraph' ? block.text : '';
    return [{ text, across: width, down: 1 }, ...Array.from({ length: width - 1 }, () => null)];
  });
  if (document.slice(0, at).some(({ kind }) => kind === 'table')) return null;
  return [{ ...table, rows: [...above, ...table.rows] }, ...document.slice(at + 1)];
};

const headerAgain: Change = withTables((table) => {
  const head = headerAt(table);
  const header = table.rows[head];
  const at = head + 2;
  if (header === undefined || !isPlain(header) || table.rows.length <= at || !table.rows.every(isPlain)) return null;
  return { ...table, rows: [...table.rows.slice(0, at), header, ...table.rows.slice(at)] };
});

/** The table goes on over the page as another one, with its header or without. */
const cutInTwo = (withHeader: boolean): Change =>
  withTables((table) => {
    const head = headerAt(table);
    const at = head + 2;
    const header = table.rows[head];
    if (header === undefined || table.rows.length <= at || !table.rows.every(isPlain)) return null;
    return [
      { ...table, rows: table.rows.slice(0, at) },
      { ...table, rows: [...(withHeader ? [header] : []), ...table.rows.slice(at)] },
    ];
  });

const total: Change = withTables((table) => {
  const head = headerAt(table);
  const width = table.rows[head]?.length ?? 0;
  const last = table.rows.at(-1);
  if (last === undefined || filled(last) < 3) return null;
  const row = Array.from({ length: width }, (_, index) => cell(index === 0 ? '合计' : index === width - 1 ? '12' : ''));
  return { ...table, rows: [...table.rows, row] };
});

const noteBelow: Change = withTables((table) => {
  const last = table.rows.at(-1);
  if (last === undefined || filled(last) < 3) return null;
  const text = '注：本表所列事项以年初计划为准。';
  return { ...table, rows: [...table.rows, [{ text, across: last.length, down: 1 }, ...last.slice(1).map(() => null)]] };
});

const emptyColumn = (at: 'first' | 'within'): Change =>
  withTables((table) => {
    if (!table.rows.every(isPlain)) return null;
    return {
      ...table,
      rows: table.rows.map((row) => (at === 'first' ? [cell(''), ...row] : [...row.slice(0, 2), cell(''), ...row.slice(2)])),
    };
  });

const emptyRows: Change = withTables((table) => {
  if (!table.rows.every(isPlain)) return null;
  const head = headerAt(table);
  const blank = (table.rows[head] ?? []).map(() => cell(''));
  return { ...table, rows: table.rows.flatMap((row, index) => (index > head + 1 ? [blank, row] : [row])) };
});

const columnsMoved: Change = withTables((table) => {
  const head = headerAt(table);
  if (!table.rows.slice(head).every(isPlain)) return null;
  const move = (row: OfficeRow): OfficeRow => [row[0] ?? null, ...row.slice(2), row[1] ?? null];
  return { ...table, rows: table.rows.map((row, index) => (index < head ? row : move(row))) };
});

const NAMES =
  /^[^、。；：:\n（(]{2,20}(?:局|委|办|厅|集团|中心|公司|政府|村|院)(?:、[^、。；：:\n（(]{2,20}(?:局|委|办|厅|集团|中心|公司|政府|村|院))+$/u;
const nameALine: Change = withTables((table) => {
  let changed = false;
  const rows = table.rows.map((row) =>
    row.map((own): OfficeCell | null => {
      if (own === null || !NAMES.test(own.text)) return own;
      changed = true;
      return { ...own, text: own.text.replaceAll('、', '\n') };
    }),
  );
  return changed ? { ...table, rows } : null;
});

/** What stands in a cell is broken where the line was full. */
const brokenText: Change = withTables((table) => {
  const head = headerAt(table);
  let changed = false;
  const rows = table.rows.map((row, index) =>
    row.map((own, column): OfficeCell | null => {
      if (own === null || index <= head || column === 0 || own.text.length < 14 || /[\n:：、]/u.test(own.text)) return own;
      changed = true;
      return { ...own, text: `${own.text.slice(0, 9)}\n${own.text.slice(9)}` };
    }),
  );
  return changed ? { ...table, rows } : null;
});

const FULL_WIDTH = (text: string): string =>
  text.replaceAll(/[0-9%]/gu, (found) => String.fromCodePoint((found.codePointAt(0) ?? 0) + 0xfee0));
const SOFT = (text: string): string => text.replaceAll(/(?<=[\p{Script=Han}])(?=[\p{Script=Han}])/gu, '\u00ad');
const ZERO_WIDTH = (text: string): string => Array.from(text).join('\u200b');
const MARKED = (text: string): string => (text === '' ? '' : `\u202a${text}\u202c`);
const NO_BREAK = (text: string): string => text.replaceAll(' ', '\u00a0');
const RADICALS: Readonly<Record<string, string>> = {
  一: '⼀',
  工: '⼯',
  水: '⽔',
  长: '⻓',
  户: '⼾',
  力: '⼒',
  月: '⽉',
  日: '⽇',
  人: '⼈',
};
/** What a PDF leaves when it is copied: characters of the block of radicals that look like the usual ones. */
const AS_RADICALS = (text: string): string => text.replaceAll(/[一工水长户力月日人]/gu, (found) => RADICALS[found] ?? found);

const changes: readonly (readonly [string, Change])[] = [
  ['as it is', (document) => document],
  ['cells of one column merged', mergedDown],
  ['the title is a row of the table', titleInTable],
  ['the header again', headerAgain],
  ['another table with the header again', cutInTwo(true)],
  ['another table without a header', cutInTwo(false)],
  ['a row of totals', total],
  ['a note below', noteBelow],
  ['an empty column first', emptyColumn('first')],
  ['an empty column within', emptyColumn('within')],
  ['empty rows', emptyRows],
  ['columns in another order', columnsMoved],
  ['a name a line', nameALine],
  ['texts broken', brokenText],
  ['full-width figures', withTexts(FULL_WIDTH)],
  ['soft hyphens', withTexts(SOFT)],
  ['zero-width blanks', withTexts(ZERO_WIDTH)],
  ['marks of direction', withTexts(MARKED)],
  ['blanks that do not break', withTexts(NO_BREAK)],
  ['radicals in place of characters', withTexts(AS_RADICALS)],
];

const layouts = (type: string, write: (document: OfficeDocument) => Uint8Array): readonly Layout[] =>
  changes.map(([name, change]) => ({
    name: `${type}: ${name}`,
    write: (document) => {
      const changed = change(document);
      return changed === null ? null : write(changed);
    },
  }));

const run = (text: string, properties = ''): string =>
  `<w:r><w:rPr>${properties}</w:rPr><w:t xml:space="preserve">${escaped(text)}</w:t></w:r>`;
const broken = (text: string, one: (line: string) => string): string =>
  text
    .split('\n')
    .map((line) => (line === '' ? '' : one(line)))
    .join('<w:r><w:br/></w:r>');
const pieces = (text: string): readonly string[] => text.match(/.{1,3}/gsu) ?? [];

const docx = (name: string, form: Parameters<typeof asDocx>[1]): Layout => ({
  name: `docx: ${name}`,
  write: (document) => asDocx(document, form),
});

const half = (line: string, wrap: (text: string) => string): string => {
  const middle = Math.floor(line.length / 2);
  return run(line.slice(0, middle)) + wrap(line.slice(middle));
};
const comments = `<w:comments xmlns:w="w"><w:comment w:id="1"><w:p>${run('请核实责任单位:市审计局')}</w:p></w:comment></w:comments>`;

const wordLayouts: readonly Layout[] = [
  docx('runs of three characters', {
    runs: (text) =>
      broken(text, (line) =>
        pieces(line)
          .map((each, at) => run(each, at % 2 === 0 ? '<w:b/>' : ''))
          .join(''),
      ),
  }),
  docx('half of each text inserted and not accepted', {
    runs: (text) => broken(text, (line) => half(line, (rest) => `<w:ins w:id="1">${run(rest)}</w:ins>`)),
  }),
  docx('a word deleted and not accepted in each text', {
    runs: (text) => broken(text, (line) => run(line) + '<w:del w:id="1"><w:r><w:delText>市审计局牵头</w:delText></w:r></w:del>'),
  }),
  docx('moved', {
    runs: (text) =>
      broken(
        text,
        (line) => `<w:moveFrom w:id="1"><w:r><w:t>${escaped(line)}</w:t></w:r></w:moveFrom><w:moveTo w:id="2">${run(line)}</w:moveTo>`,
      ),
  }),
  docx('commented', {
    runs: (text) => broken(text, (line) => `${run(line)}<w:r><w:commentReference w:id="1"/></w:r>`),
    parts: { comments },
  }),
  docx('in content controls', {
    runs: (text) => broken(text, (line) => `<w:sdt><w:sdtPr/><w:sdtContent>${run(line)}</w:sdtContent></w:sdt>`),
    table: (xml) => `<w:sdt><w:sdtContent>${xml}</w:sdtContent></w:sdt>`,
  }),
  docx('as results of fields', {
    runs: (text) =>
      broken(
        text,
        (line) =>
          `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DOCPROPERTY 市审计局 </w:instrText></w:r>` +
          `<w:r><w:fldChar w:fldCharType="separate"/></w:r>${run(line)}<w:r><w:fldChar w:fldCharType="end"/></w:r>`,
      ),
  }),
  docx('in links and smart tags', {
    runs: (text) => broken(text, (line) => half(line, (rest) => `<w:hyperlink><w:smartTag>${run(rest)}</w:smartTag></w:hyperlink>`)),
  }),
  docx('a paragraph for each line of a cell', {
    cellBody: (text) =>
      text
        .split('\n')
        .map((line) => `<w:p>${plainRuns(line)}</w:p>`)
        .join(''),
  }),
  docx('tables in a frame of one cell', { table: (xml) => `<w:tbl><w:tr><w:tc>${xml}<w:p/></w:tc></w:tr></w:tbl>` }),
  docx('cells that each hold a table of one cell', {
    cellBody: (text) => `<w:tbl><w:tr><w:tc><w:p>${plainRuns(text)}</w:p></w:tc></w:tr></w:tbl><w:p/>`,
  }),
  docx('paragraphs in text boxes', {
    paragraph: (xml) => `<w:p><w:r><w:pict><w:txbxContent>${xml}</w:txbxContent></w:pict></w:r></w:p>`,
  }),
  docx('with soft and hard hyphens between', {
    runs: (text) =>
      broken(text, (line) =>
        pieces(line)
          .map((each) => run(each))
          .join('<w:r><w:softHyphen/></w:r>'),
      ),
  }),
  docx('with readings above', {
    runs: (text) => broken(text, (line) => `<w:r><w:ruby><w:rt>${run('du')}</w:rt><w:rubyBase>${run(line)}</w:rubyBase></w:ruby></w:r>`),
  }),
  docx('in runs for right-to-left and of another language', {
    runs: (text) => broken(text, (line) => run(line, '<w:rtl/><w:lang w:val="ar-SA"/>')),
  }),
];

const html = (name: string, form: Parameters<typeof asHtml>[1]): Layout => ({
  name: `html: ${name}`,
  write: (document) => asHtml(document, form),
});
const pageLayouts: readonly Layout[] = [
  html('each in a span of its own', {
    text: (text) =>
      text
        .split('\n')
        .map((line) =>
          pieces(line)
            .map((each) => `<span><b>${plainHtml(each)}</b></span>`)
            .join(''),
        )
        .join('<br/>'),
  }),
  html('entities', { text: (text) => Array.from(text, (one) => (one === '\n' ? '<br>' : `&#${one.codePointAt(0) ?? 0};`)).join('') }),
  html('possible breaks between', {
    text: (text) =>
      text
        .split('\n')
        .map((line) => pieces(line).map(plainHtml).join('<wbr>'))
        .join('<br>'),
  }),
  html('soft hyphens between', {
    text: (text) =>
      text
        .split('\n')
        .map((line) => pieces(line).map(plainHtml).join('&shy;'))
        .join('<br>'),
  }),
  html('comments and scripts between', {
    text: (text) => `${plainHtml(text)}<!-- 市审计局牵头 --><script>var a="市审计局牵头"</script><style>b{}</style>`,
  }),
  html('paragraphs in cells', {
    text: (text) =>
      text
        .split('\n')
        .map((line) => `<p>${plainHtml(line)}</p>`)
        .join(''),
    paragraph: (each) => `<div>${each}</div>`,
  }),
  html('tables in tables that lay out the page', {
    page: (each) => `<table><tr><td><table><tr><td>${each}</td></tr></table></td></tr></table>`,
  }),
  html('tags left open', {
    table: (rows) => `<table>${rows.join('').replaceAll(/<\/t[dr]>/gu, '')}</table>`,
    paragraph: (each) => `<p>${each}`,
  }),
  html('upper-case tags', {
    paragraph: (each) => `<P>${each}</P>`,
    table: (rows) => `<TABLE>${rows.join('').replaceAll(/<(\/?)t/gu, '<$1T')}</TABLE>`,
  }),
  html('inserted and highlighted', {
    text: (text) =>
      text
        .split('\n')
        .map((line) => `<ins>${plainHtml(line.slice(0, 4))}</ins><mark>${plainHtml(line.slice(4))}</mark>`)
        .join('<br>'),
  }),
  html('head and foot of a table', {
    table: ([first = '', ...rows]) => `<table><thead>${first}</thead><tbody>${rows.join('')}</tbody><tfoot></tfoot></table>`,
  }),
];

const format = (id: number, code: string): string => `<numFmt numFmtId="${id}" formatCode="${code.replaceAll('"', '&quot;')}"/>`;
const styles = (formats: readonly string[]): string =>
  `<numFmts>${formats.map((code, at) => format(200 + at, code)).join('')}</numFmts>` +
  `<cellXfs><xf numFmtId="0"/>${formats.map((_, at) => `<xf numFmtId="${200 + at}"/>`).join('')}</cellXfs>`;
const DATES: readonly (readonly [RegExp, string])[] = [
  [/^(20\d{2})年(\d{1,2})月(\d{1,2})日$/u, 'yyyy"年"m"月"d"日"'],
  [/^(20\d{2})-(\d{2})-(\d{2})$/u, 'yyyy-mm-dd'],
  [/^(20\d{2})\/(\d{1,2})\/(\d{1,2})$/u, 'yyyy/m/d'],
  [/^(20\d{2})\.(\d{1,2})\.(\d{1,2})$/u, 'yyyy.m.d'],
];
const serialOf = (year: string, month: string, day: string): number =>
  Date.UTC(Number(year), Number(month) - 1, Number(day)) / 86_400_000 + 25_569;
/** Days and figures as a sheet keeps them: numbers with a format. */
const asNumbers = (text: string): ReturnType<typeof inline> => {
  for (const [at, [pattern]] of DATES.entries()) {
    const [, year, month, day] = pattern.exec(text) ?? [];
    if (year !== undefined && month !== undefined && day !== undefined) {
      const printed = serialOf(year, month, day);
      return { attributes: ` s="${at + 1}"`, content: `<v>${printed}</v>` };
    }
  }
  const percent = /^(\d{1,3})%$/u.exec(text)?.[1];
  if (percent !== undefined) return { attributes: ' s="5"', content: `<v>${Number(percent) / 100}</v>` };
  return /^\d{1,6}$/u.test(text) && !text.startsWith('0') ? { attributes: '', content: `<v>${text}</v>` } : inline(text);
};

const xlsx = (name: string, form: Parameters<typeof asXlsx>[1]): Layout => ({
  name: `xlsx: ${name}`,
  write: (document) => asXlsx(document, form),
});
const shared = (document: OfficeDocument, item: (text: string) => string): Uint8Array => {
  const texts: string[] = [];
  const sheet = sheetOf(document, {
    value: (text) => {
      const known = texts.indexOf(text);
      if (known < 0) texts.push(text);
      return { attributes: ' t="s"', content: `<v>${known < 0 ? texts.length - 1 : known}</v>` };
    },
  });
  return xlsxOf({ sheets: { Sheet1: sheet }, strings: texts.map((text) => `<si>${item(text)}</si>`).join('') });
};
const t = (text: string): string => `<t xml:space="preserve">${escaped(text)}</t>`;

const sheetLayouts: readonly Layout[] = [
  xlsx('days and figures as numbers with formats', {
    value: asNumbers,
    more: { styles: styles([...DATES.map(([, code]) => code), '0%']) },
  }),
  xlsx('results of formulas', {
    value: (text) => ({ attributes: ' t="str"', content: `<f>CONCATENATE(A1,"市审计局")</f><v>${escaped(text)}</v>` }),
  }),
  {
    name: 'xlsx: shared texts of several runs',
    write: (document) =>
      shared(document, (text) =>
        pieces(text)
          .map((each) => `<r><rPr><b/></rPr>${t(each)}</r>`)
          .join(''),
      ),
  },
  {
    name: 'xlsx: shared texts with readings',
    write: (document) => shared(document, (text) => `${t(text)}<rPh sb="0" eb="1"><t>du</t></rPh><phoneticPr/>`),
  },
  xlsx('it begins at D7', { left: 3, top: 6 }),
  xlsx('rows and columns hidden', {
    rowAttributes: (_, at) => (at % 2 === 0 ? ' hidden="1"' : ''),
    columns: '<cols><col min="2" max="3" hidden="1"/></cols>',
  }),
  xlsx('a sheet of instructions behind it', {
    sheets: { 填表说明: sheetOf([{ kind: 'paragraph', text: '填表说明：请各单位认真填写。' }]) },
  }),
  xlsx('a hidden sheet of drop-down lists', {
    sheets: { lists: sheetOf([{ kind: 'table', rows: ['未启动', '推进中', '已完成'].map((text) => [cell(text)]) }]) },
  }),
  {
    name: 'xlsx: the table on a sheet of its own',
    write: (document) => {
      if (tablesOf(document).length !== 1) return null;
      const at = document.findIndex(({ kind }) => kind === 'table');
      return xlsxOf({
        sheets: { 正文: sheetOf(document.slice(0, at)), 附表: sheetOf(document.slice(at, at + 1)), 说明: sheetOf(document.slice(at + 1)) },
      });
    },
  },
];

export const LAYOUTS: readonly Layout[] = [
  ...layouts('docx', asDocx),
  ...wordLayouts,
  ...layouts('html', asHtml),
  ...pageLayouts,
  ...layouts('xlsx', asXlsx),
  ...sheetLayouts,
];
