import { xmlText } from '../../kernel/xml-text.ts';
import { titleLines } from './title-lines.ts';
import { attachmentList, shortColumns, signedFromRight, type Letter, type LetterBlock } from './letter.ts';

/** A letter as a page for reading and printing: A4, with the type area and fonts of GB/T 9704-2012. */

const escaped = (text: string): string =>
  xmlText(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const LOOK = `
@page { size: A4; margin: 37mm 26mm 35mm 28mm; }
body { max-width: 156mm; margin: 37mm auto; color: #000; background: #fff; }
body { font: 16pt/28.95pt "仿宋_GB2312", "FangSong_GB2312", FangSong, STFangsong, serif; letter-spacing: -0.2pt; }
@media print { body { margin: 0; } }
p { margin: 0; text-indent: 2em; text-align: justify; }
.number, h1 { text-align: center; text-indent: 0; }
h1 { font: 22pt/33pt "方正小标宋简体", "FZXiaoBiaoSong-B05S", SimSun, STSong, serif; margin: 28.95pt 0; }
.addressee { text-indent: 0; }
h2, h3 { font-size: 16pt; font-weight: normal; margin: 0; text-indent: 2em; }
h2 { font-family: "黑体", SimHei, STHeiti, sans-serif; }
h3 { font-family: "楷体_GB2312", "KaiTi_GB2312", KaiTi, STKaiti, serif; }
.signed { text-align: right; text-indent: 0; }
section { break-before: page; }
section h2 { text-indent: 0; }
table { border-collapse: collapse; width: 100%; font-size: 12pt; line-height: 18pt; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th { font-family: "黑体", SimHei, STHeiti, sans-serif; font-weight: normal; }
${Array.from({ length: 8 }, (_, at) => `.centred-${at + 1} td:nth-child(${at + 1})`).join(', ')} { text-align: center; }
p.attached { text-indent: 0; padding-left: 5em; }
p.attached.first { text-indent: -3em; }
th, td { border: 1px solid #000; padding: 2pt 4pt; }
`;

const block = (of: LetterBlock): string => {
  if (of.kind === 'paragraph') return `<p>${escaped(of.text)}</p>`;
  if (of.kind === 'heading') return of.level === 1 ? `<h2>${escaped(of.text)}</h2>` : `<h3>${escaped(of.text)}</h3>`;
  const { columns, rows } = of.table;
  const centred = shortColumns(of.table).flatMap((isShort, at) => (isShort ? [`centred-${at + 1}`] : []));
  const whole = columns.reduce((sum, { weight }) => sum + weight, 0);
  const head = columns
    .map(({ heading, weight }) => `<th scope="col" style="width:${((weight / whole) * 100).toFixed(1)}%">${escaped(heading)}</th>`)
    .join('');
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`).join('\n');
  return `<table class="${centred.join(' ')}"><thead><tr>${head}</tr></thead><tbody>\n${body}\n</tbody></table>`;
};

const heading = (title: string): string => `<h1>${titleLines(title).map(escaped).join('<br>')}</h1>`;

const signed = (text: string, fromRight: number): string => `<p class="signed" style="padding-right:${fromRight}em">${escaped(text)}</p>`;

export const letterHtml = ({ number, title, addressee, blocks, attachments, signature, date }: Letter): string => {
  const right = signedFromRight({ signature, date });
  const lines = [
    ...(number === null ? [] : [`<p class="number">${escaped(number)}</p>`]),
    heading(title),
    ...(addressee === null ? [] : [`<p class="addressee">${escaped(addressee)}：</p>`]),
    ...blocks.map(block),
    ...attachmentList(attachments.map(({ title: name }) => name)).map(
      (text, index) => `<p class="attached${index === 0 ? ' first' : ''}">${escaped(text)}</p>`,
    ),
    ...(signature === null ? [] : [signed(signature, right.signature)]),
    ...(date === null ? [] : [signed(date, right.date)]),
    ...attachments.flatMap(({ title: name, blocks: inner }, index) => [
      `<section><h2>附件${attachments.length === 1 ? '' : index + 1}</h2>`,
      heading(name),
      ...inner.map(block),
      '</section>',
    ]),
  ];
  const head = `<meta charset="utf-8"><title>${escaped(title)}</title><style>${LOOK}</style>`;
  return `<!doctype html>\n<html lang="zh-CN"><head>${head}</head><body>\n${lines.join('\n')}\n</body></html>\n`;
};
