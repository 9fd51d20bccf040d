import ExcelJS from 'exceljs';
import { test } from 'tap';
import { shownBlocks, sourceOf, visibleOf } from './reading.ts';
import { xlsxOf } from './zip-writer.ts';

const fileOf = async (fill: (workbook: ExcelJS.Workbook) => void): Promise<Uint8Array> => {
  const workbook = new ExcelJS.Workbook();
  fill(workbook);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
};

await test('a sheet is rows of cells with their addresses, and merged cells repeat the text of the first', async (t) => {
  const bytes = await fileOf((workbook) => {
    const sheet = workbook.addWorksheet('台账');
    sheet.getCell('A1').value = '任务表';
    sheet.mergeCells('A1:D1');
    sheet.addRow(['序号', '任务', '', '单位']);
    sheet.addRow([1, '修桥', '', '市住建局']);
    sheet.addRow([2, '修路']);
    sheet.mergeCells('D3:D4');
  });
  const { blocks, type, mediaType } = await sourceOf(bytes, { name: '台账.csv' });
  t.same([type, mediaType], ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet']);
  t.same(await shownBlocks(bytes), [
    '台账, row 1 = 任务表 ¦ 任务表 ¦ 任务表',
    '台账, row 2 = 序号 ¦ 任务 ¦ 单位',
    '台账, row 3 = 1 ¦ 修桥 ¦ 市住建局',
    '台账, row 4 = 2 ¦ 修路 ¦ 市住建局',
  ]);
  t.same(blocks.at(-1), {
    kind: 'row',
    address: '台账, row 4',
    table: '台账',
    cells: [
      { address: '台账!A4', text: '2' },
      { address: '台账!B4', text: '修路' },
      { address: '台账!D4', text: '市住建局', mergedWith: '台账!D3' },
    ],
  });
});

await test('dates and results of formulas are read as shown; a formula without a result is said', async (t) => {
  const bytes = await fileOf((workbook) => {
    const sheet = workbook.addWorksheet('S');
    sheet.getCell('A1').value = new Date(Date.UTC(2024, 3, 8));
    sheet.getCell('A1').numFmt = 'yyyy"年"m"月"d"日"';
    sheet.getCell('B1').value = { formula: 'SUM(C1:C2)', result: 0.5 };
    sheet.getCell('B1').numFmt = '0%';
    sheet.getCell('C1').value = { formula: 'A1&"前"', result: '年底前' };
    sheet.getCell('D1').value = { formula: 'NOW()' };
    sheet.getCell('E1').value = { richText: [{ text: '市教' }, { text: '育局', font: { bold: true } }] };
    sheet.getCell('F1').value = { text: '见网页', hyperlink: 'https://example.invalid/' };
    sheet.getCell('G1').value = true;
    sheet.getCell('H1').value = { error: '#N/A' };
  });
  t.same(await shownBlocks(bytes), ['S, row 1 = 2024年4月8日 ¦ 50% ¦ 年底前 ¦ 市教育局 ¦ 见网页 ¦ TRUE ¦ #N/A']);
  t.match((await sourceOf(bytes)).remarks, [{ kind: 'formula-without-result', address: 'S!D1', detail: /=NOW\(\)/u }]);
});

await test('days are counted from 1904 where the workbook says so', async (t) => {
  const sheet = '<sheetData><row><c s="0"><v>43928</v></c></row></sheetData>';
  const styles = '<cellXfs><xf numFmtId="14"/></cellXfs>';
  t.same(await shownBlocks(xlsxOf({ sheets: { S: sheet }, styles, workbook: '<workbookPr date1904="1"/>' })), ['S, row 1 = 2024/4/8']);
  t.same(await shownBlocks(xlsxOf({ sheets: { S: sheet }, styles })), ['S, row 1 = 2020/4/7']);
});

await test('what is hidden is read and said; so are comments, empty sheets and what is struck through', async (t) => {
  const bytes = await fileOf((workbook) => {
    const sheet = workbook.addWorksheet('明');
    sheet.addRow(['甲', '乙', '丙']);
    sheet.addRow(['丁', '戊', '己']);
    sheet.getRow(2).hidden = true;
    sheet.getColumn(2).hidden = true;
    sheet.getCell('C1').note = '请核实';
    sheet.getCell('A1').font = { strike: true };
    workbook.addWorksheet('暗', { state: 'hidden' }).addRow(['庚']);
    workbook.addWorksheet('空');
  });
  t.same(await shownBlocks(bytes), ['明, row 1 = 甲 ¦ 乙 ¦ 丙', '明, row 2 = 丁 ¦ 戊 ¦ 己', '暗, row 1 = 庚']);
  t.same(
    (await sourceOf(bytes)).remarks.map(({ kind, address, detail }) => `${kind} ${address}: ${detail}`),
    [
      'hidden 明, row 2: The row is hidden; it was read all the same.',
      'hidden 明, column B: The column is hidden; it was read all the same.',
      'other 明!A1: The text is struck through.',
      'other 明!C1: A comment on the cell: 请核实',
      'hidden 暗: The sheet is hidden; it was read all the same.',
      'empty-sheet 空: The sheet has no cell with a text.',
    ],
  );
});

await test('macros and links to other files are data that nobody follows', async (t) => {
  const more = [
    '<Relationship Id="v" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/>',
    '<Relationship Id="e" Type="x/externalLink" Target="externalLinks/externalLink1.xml"/>',
    '<Relationship Id="p" Type="x/sharedStrings" Target="file:///etc/passwd" TargetMode="External"/>',
  ];
  const sheet = '<sheetData><row r="1"><c r="A1"><f>[1]Sheet1!$A$1</f><v>3</v></c><c r="B1" t="s"><v>0</v></c></row></sheetData>';
  const bytes = xlsxOf({ sheets: { S: sheet }, relations: more, type: 'ms-excel.sheet.macroEnabled.main' });
  t.same(await shownBlocks(bytes), ['S, row 1 = 3']);
  t.match((await sourceOf(bytes)).remarks, [
    { kind: 'text-missing', address: 'S!B1' },
    { kind: 'object-left-out', detail: /macros/u },
    { kind: 'other', detail: /other files/u },
  ]);
});

await test('a sheet whose cells leave their places unsaid, with text in text boxes, is read whole', async (t) => {
  const drawing = '<xdr><sp><txBody><p><r><t>本表由督查室</t></r><r><t>填报</t></r></p></txBody></sp><pic/></xdr>';
  const bytes = xlsxOf({
    sheets: {
      S:
        '<sheetData><row><c t="inlineStr"><is><t>甲</t></is></c><c><v>2</v></c></row>' +
        '<row><c t="str"><v>乙_x000D_丙</v></c></row></sheetData>',
    },
    more: [
      {
        name: 'xl/worksheets/_rels/sheet1.xml.rels',
        data: '<Relationships><Relationship Id="d" Type="x/drawing" Target="../drawings/d.xml"/></Relationships>',
      },
      { name: 'xl/drawings/d.xml', data: drawing },
    ],
  });
  t.same(await shownBlocks(bytes), ['S, row 1 = 甲 ¦ 2', 'S, row 2 = 乙\n丙', 'S, text box 1: 本表由督查室填报']);
  t.match((await sourceOf(bytes)).remarks, [{ kind: 'object-left-out', address: 'S' }]);
  t.equal(visibleOf(await sourceOf(bytes)), '甲2乙丙本表由督查室填报');
});
