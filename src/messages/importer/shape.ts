import { messages } from '../message.ts';

/**
 * What the reader of the form of a document could not settle: tables, numbers, headings.
 * The English is what the log knows a finding by: it stays as it is.
 */
export const importerShape = messages({
  'finding.a-line-of-characters-one-of-more': {
    en: 'a line of {$count} characters; one of more than {$LONGEST_LINE} is not read',
    zh: '该行有 {$count} 个字符；超过 {$LONGEST_LINE} 个的不读取',
  },
  'finding.a-letterhead': { en: 'a letterhead', zh: '版头' },
  'finding.a-mark-of-the-office': { en: 'a mark of the office', zh: '发文机关的标记' },
  'finding.a-row-of-a-table-whose-columns': {
    en: 'a row of a table whose columns are not known: {$texts}',
    zh: '表格的列含义不明，其中一行：{$texts}',
  },
  'finding.a-row-of-totals': { en: 'a row of totals', zh: '合计行' },
  'finding.a-row-that-holds-a-note-and': { en: 'a row that holds a note and no item', zh: '该行是说明，不是事项' },
  'finding.a-row-without-a-number-called': { en: 'a row without a number; called {$number}', zh: '没有序号的行，编为 {$number}' },
  'finding.a-rule': { en: 'a rule', zh: '横线' },
  'finding.a-single-part-stands-under': { en: 'a single part stands under {$number}', zh: '{$number} 之下只有一个分项' },
  'finding.a-table-of-labels-and-what-they': {
    en: 'a table of labels and what they say is read as one item',
    zh: '由标签及其内容组成的表格，按一项读取',
  },
  'finding.a-table-whose-cells-are-parted-by': { en: 'a table whose cells are parted by blanks', zh: '以空格分隔单元格的表格' },
  'finding.a-table-with-a-header-and-no': { en: 'a table with a header and no rows', zh: '只有表头、没有内容的表格' },
  'finding.a-table-without-a-header-goes-on': {
    en: 'a table without a header goes on with the one above it',
    zh: '没有表头的表格接续上一表格',
  },
  'finding.among-persons-is-read-as-responsible': {
    en: '“{$names}” among persons is read as responsible',
    zh: '人名之中的“{$names}”按负责单位读取',
  },
  'finding.an-empty-form-it-assigns-nothing': { en: 'an empty form; it assigns nothing', zh: '空白表格，未布置任务' },
  'finding.an-empty-row': { en: 'an empty row', zh: '空行' },
  'finding.an-item-without-a-number-called': { en: 'an item without a number; called {$called}', zh: '没有序号的事项，编为 {$called}' },
  'finding.an-item-without-a-number-of-its': {
    en: 'an item without a number of its own; called {$number}',
    zh: '没有自身序号的事项，编为 {$number}',
  },
  'finding.and-on-one-line-are-read-as': {
    en: '{$issuer} and {$date} on one line are read as who issued it and when',
    zh: '同一行的{$issuer}和 {$date} 按发文机关和成文日期读取',
  },
  'finding.begins-anew': { en: 'begins anew', zh: '重新起排' },
  'finding.belongs-to-no-item': { en: '“{$text}” belongs to no item', zh: '“{$text}”不属于任何一项' },
  'finding.days-without-a-year-are-read-in': {
    en: 'days without a year are read in {$year}, the first year that is printed',
    zh: '没有年份的日期按文中首见的 {$year} 年读取',
  },
  'finding.does-not-end-as-titles-do-taken': {
    en: '“{$text}” does not end as titles do; taken as the title',
    zh: '“{$text}”的结尾不像标题；仍作为标题',
  },
  'finding.follows-what-stands-between-is-missing': {
    en: 'follows {$number}: what stands between is missing',
    zh: '紧接 {$number}：中间缺号',
  },
  'finding.has-no-deadline': { en: '{$kind} {$number} has no deadline', zh: '{$kind} {$number} 没有时限' },
  'finding.has-no-leader': { en: '{$kind} {$number} has no leader', zh: '{$kind} {$number} 没有责任领导' },
  'finding.has-not-the-form-of-a-document': { en: '“{$number}” has not the form of a document number', zh: '“{$number}”不合文号格式' },
  'finding.has-nothing-under-it-and-assigns-nothing': {
    en: '“{$text}” has nothing under it and assigns nothing',
    zh: '“{$text}”之下没有内容，也未布置任务',
  },
  'finding.holds-a-blank-within-its-value-read': {
    en: '“{$part}” holds a blank within its value; read as printed',
    zh: '“{$part}”的内容中有空白；按原文读取',
  },
  'finding.in-ends-as-the-name-of-a': {
    en: '“{$text}” in {$heading} ends as the name of a body does',
    zh: '“{$heading}”中的“{$text}”结尾像机构名称',
  },
  'finding.in-is-no-day-that-is-known': {
    en: '“{$text}” in {$heading} is no day that is known',
    zh: '“{$heading}”中的“{$text}”不是已知的日期写法',
  },
  'finding.in-item-is-no-label-that-is': {
    en: '“{$label}:” in item {$number} is no label that is known; it stays in the text',
    zh: '第 {$number} 项中的“{$label}：”不是已知的标签；留在正文中',
  },
  'finding.in-item-may-be-a-label-without': {
    en: '“{$bare}” in item {$number} may be a label without its colon; it stays in the text',
    zh: '第 {$number} 项中的“{$bare}”可能是缺冒号的标签；留在正文中',
  },
  'finding.in-looks-like-names-of-units': {
    en: '“{$text}” in {$heading} looks like names of units',
    zh: '“{$heading}”中的“{$text}”似为单位名称',
  },
  'finding.in-of-item-its-unit-is-not': {
    en: '“{$text}” in {$heading} of item {$number}: its unit is not printed',
    zh: '第 {$number} 项“{$heading}”中的“{$text}”没有印出计量单位',
  },
  'finding.in-of-may-say-how-often-to': {
    en: '“{$value}” in {$name} of {$kind} {$number} may say how often to report',
    zh: '{$kind} {$number} 的“{$name}”中，“{$value}”可能是报送频次',
  },
  'finding.in-the-text-of-is-a-term': {
    en: '“{$term}” in the text of {$kind} {$number} is a term and no deadline',
    zh: '{$kind} {$number} 文字中的“{$term}”是期限而非时限',
  },
  'finding.in-what-is-to-reach-it-was': {
    en: '{$left} in {$kind} {$number}: what is to reach it was not read',
    zh: '{$kind} {$number} 中的 {$left}：未读出应达到该数值的指标',
  },
  'finding.is-a-bare-number': { en: 'is a bare number', zh: '只是数字' },
  'finding.is-a-heading-within-the-table-and': {
    en: '“{$text}” is a heading within the table and no item',
    zh: '“{$text}”是表中的标题，不是事项',
  },
  'finding.is-excepted-by-the-words-of-item': {
    en: '{$name} is excepted by the words of item {$number}',
    zh: '第 {$number} 项的文字将{$name}除外',
  },
  'finding.is-listed-first-and-is-a-group': {
    en: '{$name} is listed first and is a group; read as leading',
    zh: '{$name}列在首位，是集合称谓；按牵头读取',
  },
  'finding.is-no-bracket-of-units-it-stays': {
    en: '“{$text}” is no bracket of units; it stays in the text',
    zh: '“{$text}”不是责任单位括号；留在正文中',
  },
  'finding.is-no-number': { en: 'is no number', zh: '不是序号' },
  'finding.is-read-as-an-item-of-its': { en: '“{$text}…” is read as an item of its own', zh: '“{$text}…”按独立事项读取' },
  'finding.is-set-aside': { en: '“{$text}” is {$noise}; set aside', zh: '“{$text}”是{$noise}，已搁置' },
  'finding.is-taken-as-the-issuer-lines-may': {
    en: '“{$text}” is taken as the issuer; {$count} lines may be its name',
    zh: '“{$text}”作为发文机关；有 {$count} 行可能是其名称',
  },
  'finding.is-taken-for-item-from-the-head': {
    en: '{$name} is taken for item {$number} from the head',
    zh: '第 {$number} 项按首部规定加上{$name}',
  },
  'finding.is-the-only-item-that-is-numbered': {
    en: '{$only} is the only item that is numbered like {$style}',
    zh: '只有 {$only} 采用 {$style} 样式的序号',
  },
  'finding.item-names-days-in-its-text-beside': {
    en: 'item {$number} names {$count} days in its text beside its deadline',
    zh: '第 {$number} 项除时限外，文字中还有 {$count} 个日期',
  },
  'finding.item-sets-a-range': { en: 'item {$number} sets a range', zh: '第 {$number} 项定的是区间' },
  'finding.looks-like-a-deadline': { en: 'looks like a deadline', zh: '似为时限' },
  'finding.looks-like-how-far-it-is': { en: 'looks like how far it is', zh: '似为进展情况' },
  'finding.looks-like-names': { en: 'looks like names', zh: '似为名称' },
  'finding.looks-like-names-of-units': { en: 'looks like names of units', zh: '似为单位名称' },
  'finding.looks-like-where-the-matter-comes-from': { en: 'looks like where the matter comes from', zh: '似为事项来源' },
  'finding.may-hold-parts-that-are-numbered-within': {
    en: '“{$text}…” may hold parts that are numbered within the line',
    zh: '“{$text}…”的行内可能有分项序号',
  },
  'finding.names-nobody-who-is-to-do-it': {
    en: '{$kind} {$number} names nobody who is to do it',
    zh: '{$kind} {$number} 没有列出责任单位',
  },
  'finding.names-units-and-was-not-read-as': {
    en: '“{$text}” names units and was not read as who is to do it',
    zh: '“{$text}”提到单位，但未按责任单位读取',
  },
  'finding.no-column-says-what-is-to-be': { en: 'no column says what is to be done', zh: '没有写明工作内容的列' },
  'finding.no-item': { en: '{$why}; no item', zh: '{$why}；不是事项' },
  'finding.nobody-leads-or-is-responsible-for-it': {
    en: 'nobody leads {$kind} {$number} or is responsible for it',
    zh: '{$kind} {$number} 没有牵头或负责单位',
  },
  'finding.number': { en: 'number {$number} {$what}', zh: '序号 {$number} {$what}' },
  'finding.number-begins-anew': { en: 'number {$number} begins anew', zh: '序号 {$number} 重新起排' },
  'finding.number-does-not-follow': { en: 'number {$number} does not follow {$last}', zh: '序号 {$number} 与 {$last} 不衔接' },
  'finding.number-goes-on-from-the-part-before': { en: 'number {$number} goes on from the part before', zh: '序号 {$number} 接续前一部分' },
  'finding.of-is-empty': { en: '{$heading} of {$number} is empty', zh: '{$number} 的“{$heading}”为空' },
  'finding.of-the-heading-is-taken-for-every': {
    en: '{$name} ({$title}) of the heading is taken for every item under it',
    zh: '标题下的{$name}（{$title}）适用于其下各项',
  },
  'finding.one-paragraph-holds-items-without-numbers-called': {
    en: 'one paragraph holds {$count} items without numbers; called {$number}-1 to {$number}-{$count}',
    zh: '一段中有 {$count} 个没有序号的事项，编为 {$number}-1 至 {$number}-{$count}',
  },
  'finding.parts-stand-behind-the-units-of': { en: 'parts stand behind the units of {$number}', zh: '{$number} 的责任单位之后还有分项' },
  'finding.read-as-a-part-of-the-text': { en: 'read as a part of the text of {$number}', zh: '作为 {$number} 文字的一部分' },
  'finding.one-name-or-two': {
    en: '“{$whole}”: one name over two lines, or {$before} and {$after}? Read as one',
    zh: '“{$whole}”：是跨行的一个名称，还是 {$before} 和 {$after} 两个？按一个读取',
  },
  'finding.lines-of-the-cell-are-read-as-one': { en: 'lines of the cell are read as one', zh: '单元格内的断行已连成一行读取' },
  'finding.stands-again-under-item': {
    en: '“{$name}” stands again under item {$number}: perhaps of another item, whose number is missing',
    zh: '“{$name}”在第 {$number} 项下再次出现，可能属于另一项（编号缺失）',
  },
  'finding.the-table-lies-on-its-side': {
    en: 'the table lies on its side: each of its columns is read as an item',
    zh: '表格为横向排列：每一列按一项读取',
  },
  'finding.is-the-heading-and-taken-for-it': {
    en: 'names nobody; {$names}, the heading it stands under, is taken',
    zh: '未写明责任单位；按所在标题取 {$names}',
  },
  'finding.the-day-of-the-heading-is-taken': {
    en: '“{$printed}” of the heading is taken as the deadline of item {$number}',
    zh: '第 {$number} 项按所在标题取时限“{$printed}”',
  },
  'finding.marks-say-who-leads': {
    en: 'marks under {$names} are read as roles: filled ones lead, hollow ones cooperate, ticks are responsible',
    zh: '{$names}列下的符号按职责读取：实心为牵头，空心为配合，对勾为责任',
  },
  'finding.is-the-place-in-the-title': {
    en: '“{$named}” is the place that the title names; which office of it issues the document is not said',
    zh: '“{$named}”为标题中的地名；未写明由哪个机关印发',
  },
  'finding.read-as-the-rest-of': { en: 'read as the rest of {$address}', zh: '按 {$address} 的续行读取' },
  'finding.row-says-nothing-of-what-is-to': {
    en: 'row {$number} says nothing of what is to be done',
    zh: '第 {$number} 行没有写明工作内容',
  },
  'finding.says-nothing-of-what-is-to-be': { en: '{$number} says nothing of what is to be done', zh: '{$number} 没有写明工作内容' },
  'finding.stands-above-the-table-beside-pairs-of': {
    en: '“{$text}” stands above the table beside pairs of keys and values; set aside',
    zh: '“{$text}”在表格之上、键值对之旁；已搁置',
  },
  'finding.stands-after': { en: 'stands after {$number}', zh: '排在 {$number} 之后' },
  'finding.stands-after-the-bracket-of-units-kept': {
    en: '“{$text}” stands after the bracket of units; kept in the text',
    zh: '“{$text}”在责任单位括号之后；留在正文中',
  },
  'finding.stands-beside-pairs-of-keys-and-values': {
    en: '“{$part}” stands beside pairs of keys and values; set aside',
    zh: '“{$part}”夹在键值对之中；已搁置',
  },
  'finding.stands-twice': { en: 'stands twice', zh: '出现两次' },
  'finding.stands-within-the-text-of-item-it': {
    en: '“{$name}:” stands within the text of item {$number}; it stays there',
    zh: '“{$name}：”在第 {$number} 项的文字之中；留在原处',
  },
  'finding.the-bracket-is-never-closed': { en: 'the bracket “{$text}” is never closed', zh: '括号“{$text}”没有右半边' },
  'finding.the-column-is-not-known-its-cells': {
    en: 'the column “{$heading}” is not known; its cells are kept beside the items',
    zh: '“{$heading}”列含义不明；其内容附在各项之后',
  },
  'finding.the-day-of-the-document-is-in': {
    en: 'the day of the document is in Chinese numerals; read as {$date}',
    zh: '成文日期用汉字书写；读作 {$date}',
  },
  'finding.the-deadline-lies-before-the-day-on': {
    en: 'the deadline, {$date}, lies before the day on which {$number} was given out, {$assignedOn}',
    zh: '时限 {$date} 早于 {$number} 的交办日期 {$assignedOn}',
  },
  'finding.the-deadline-of-is-that-of-a': {
    en: 'the deadline of {$kind} {$number} is that of a sentence of its text, “{$printed}”',
    zh: '{$kind} {$number} 的时限取自其文字中的一句：“{$printed}”',
  },
  'finding.the-deadline-stands-in-the-cell-of': {
    en: 'the deadline, “{$text}”, stands in the cell of {$heading}; read as a row without {$heading}',
    zh: '时限“{$text}”填在“{$heading}”格中；按该行没有“{$heading}”读取',
  },
  'finding.the-first-number-here-is': { en: 'the first number here is {$number}', zh: '此处首个序号为 {$number}' },
  'finding.the-first-number-is': { en: 'the first number is {$number}', zh: '首个序号为 {$number}' },
  'finding.the-header-again': { en: 'the header again', zh: '重复的表头' },
  'finding.the-leaders-of-the-heading-are-taken': {
    en: 'the leaders of the heading are taken for every item under it',
    zh: '标题下的领导适用于其下各项',
  },
  'finding.the-menu-of-a-site': { en: 'the menu of a site', zh: '网站菜单' },
  'finding.the-number-of-a-page': { en: 'the number of a page', zh: '页码' },
  'finding.the-number-spans-several-rows-this-one': {
    en: 'the number {$printed} spans several rows; this one is called {$number}',
    zh: '序号 {$printed} 跨数行；本行编为 {$number}',
  },
  'finding.the-row-has-cells-and-the-header': {
    en: 'the row has {$count} cells and the header {$count2}',
    zh: '该行有 {$count} 个单元格，表头有 {$count2} 个',
  },
  'finding.the-row-has-more-cells-than-the': {
    en: 'the row has more cells than the header; not read: {$lost}',
    zh: '该行单元格多于表头；未读取：{$lost}',
  },
  'finding.the-rows-have-no-numbers-they-are': { en: 'the rows have no numbers; they are counted', zh: '各行没有序号；按行计数' },
  'finding.the-table-prints-days-in-forms-each': {
    en: 'the table prints days in {$size} forms; each is read as its own',
    zh: '表中日期有 {$size} 种写法；各按其写法读取',
  },
  'finding.the-text-of-ends-in-a-name': {
    en: 'the text of {$kind} {$number} ends in “{$tail}”, a name',
    zh: '{$kind} {$number} 的文字以名称“{$tail}”结尾',
  },
  'finding.the-title-in-one-line-before-the': {
    en: 'the title in one line before the document, as a web page shows it',
    zh: '文件之前有一行标题，为网页所加',
  },
  'finding.the-title-is-read-over-lines-from': {
    en: 'the title is read over {$count} lines, from {$address}',
    zh: '标题自 {$address} 起，共读取 {$count} 行',
  },
  'finding.the-units-of-stand-on-a-line': { en: 'the units of {$number} stand on a line of their own', zh: '{$number} 的责任单位另起一行' },
  'finding.the-year-is-not-known': { en: '{$heading}: the year is not known', zh: '“{$heading}”：年份不明' },
  'finding.these-labels-stand-behind-the-last-part': {
    en: 'these labels stand behind the last part and are read as those of the whole item',
    zh: '这些标签在最后一个分项之后，按整项的标签读取',
  },
  'finding.what-a-web-page-has-around-a': { en: 'what a web page has around a document', zh: '网页附加的内容' },
  'finding.who-printed-and-received-it': { en: 'who printed and received it', zh: '印发和抄送说明' },
});
