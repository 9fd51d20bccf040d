import { test } from 'tap';
import { problemOf, shownBlocks, sourceOf, utf8 } from './reading.ts';

const page = (body: string): Uint8Array =>
  utf8(`<!doctype html><html><head><title>题</title><style>p{}</style></head><body>${body}</body></html>`);

await test('a page is its lines as they are shown, with headings and the numbers of its lists', async (t) => {
  const bytes = page(
    '<h1>关于分解\n任务的通知</h1><p>&nbsp;&nbsp;各县&amp;区：<br>请落实。</p><div>甲<span>乙</span><p>丙</div><script>let x;</script>' +
      '<ol start=3><li>建校<li>修桥<ol type=a><li>子项</ol></ol><ul><li>点</ul><pre>一\n  二</pre>',
  );
  t.same(await shownBlocks(bytes), [
    'line 1: 关于分解 任务的通知',
    'line 2: 各县&区：',
    'line 3: 请落实。',
    'line 4: 甲乙',
    'line 5: 丙',
    'line 6: 3. 建校',
    'line 7: 4. 修桥',
    'line 8: a. 子项',
    'line 9: 点',
    'line 10: 一',
    'line 11: 二',
  ]);
  t.match(await sourceOf(bytes, { name: '通知.txt' }), {
    type: 'html',
    mediaType: 'text/html',
    encoding: 'utf-8',
    blocks: [{ heading: 1 }],
  });
});

await test('tables are rows, with cells that reach over several repeated, and a table within one behind it', async (t) => {
  const bytes = page(
    '<table><caption>任务表</caption><tr><th rowspan=2>序号</th><th colspan=2>单位</th></tr><tr><th>牵头</th><th>配合</th></tr>' +
      '<tr><td>1<td><p>市教育局</p><p>市财政局</p><td><ul><li>甲<li>乙</ul></tr>' +
      '<tr style="display:none"><td>2<td><td>丁<table><tr><td>内<td>表</table></table>',
  );
  t.same(await shownBlocks(bytes), [
    'line 1: 任务表',
    'table 1, row 1 = 序号 ¦ 单位 ¦ 单位',
    'table 1, row 2 = 序号 ¦ 牵头 ¦ 配合',
    'table 1, row 3 = 1 ¦ 市教育局\n市财政局 ¦ 甲\n乙',
    'table 1, row 4 = 2 ¦  ¦ 丁',
    'table 2, row 1 = 内 ¦ 表',
  ]);
  const { blocks, remarks } = await sourceOf(bytes);
  t.match(blocks[2], { cells: [{ address: 'table 1, row 2, cell 1', mergedWith: 'table 1, row 1, cell 1' }] });
  t.match(remarks, [{ address: 'table 1, row 4, cell 3' }, { kind: 'hidden', address: 'table 1, row 4' }]);
});

await test('a table that only lays out the page is no table', async (t) => {
  const inner = '<table><tr><td>序号<td>任务</tr><tr><td>1<td>修桥</tr></table>';
  t.same(await shownBlocks(page(`<table><tr><td>导航<td><h2>通知</h2>${inner}</tr></table><table><tr><td>框</table>`)), [
    'line 1: 导航',
    'line 2: 通知',
    'table 1, row 1 = 序号 ¦ 任务',
    'table 1, row 2 = 1 ¦ 修桥',
    'line 3: 框',
  ]);
});

await test('a sheet that is a page in truth is read as one, in the encoding that it is in', async (t) => {
  const gb = Buffer.concat([
    utf8('<html><table><tr><td>'),
    Buffer.from('cad0bdccd3fdbed6', 'hex'),
    utf8('</td><td>1</td></tr></table></html>'),
  ]);
  t.match(await sourceOf(gb, { name: '台账.xls', mediaType: 'application/vnd.ms-excel' }), {
    type: 'html',
    encoding: 'gb18030',
    blocks: [{ cells: [{ text: '市教育局' }, { text: '1' }] }],
  });
  t.match(await sourceOf(utf8('请在<表格>中填写\n<p>不是网页'), { mediaType: 'text/html' }), { type: 'text' });
});

await test('what is hidden, embedded or drawn is said, and forms show what they hold', async (t) => {
  const { blocks, remarks } = await sourceOf(
    page(
      '<p>明<span style="display: none">暗</span></p><img src=a><img src=b><iframe></iframe>' +
        '<input value="值"><input type=hidden value=x><select><option>选</select>',
    ),
  );
  t.match(blocks, [{ text: '明暗' }, { text: '值选' }]);
  t.match(remarks, [
    { kind: 'hidden', address: 'line 1', detail: /暗/u },
    { kind: 'object-left-out', detail: /iframe/u },
    { kind: 'object-left-out', detail: /^2 picture/u },
  ]);
});

await test('pages that make a parser work without end are broken off', async (t) => {
  const opened = Array.from({ length: 20_000 }, (_, at) => `<b id=${at}>`).join('');
  t.match(await problemOf(page(`${opened}${'<p>甲'.repeat(20_000)}`)), { code: 'file-damaged', detail: /nested/u });
  t.match(await problemOf(page('<b x=1><i x=2><u x=3><p>甲'.repeat(90_000))), { code: 'file-too-large' });
  t.match(await problemOf(page('<br>'.repeat(300_001))), { code: 'file-too-large', detail: /elements/u });
  t.match(await problemOf(page(`<table>${'<tr><td rowspan=65534 colspan=1000>甲'.repeat(1000)}</table>`)), {
    code: 'file-too-large',
    detail: /cells/u,
  });
});
