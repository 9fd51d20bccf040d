import { messages } from './message.ts';

/** What the reader of a file had to do or leave out, and why it reads one not at all. */
export const documents = messages({
  'document.a-chart': { en: 'A chart', zh: '图表' },
  'document.a-chart-or-diagram': { en: 'A chart or diagram', zh: '图表或示意图' },
  'document.a-comment': { en: 'A comment: {$text}', zh: '批注：{$text}' },
  'document.a-comment-on-the-cell': { en: 'A comment on the cell: {$said}', zh: '单元格批注：{$said}' },
  'document.a-diagram': { en: 'A diagram', zh: '示意图' },
  'document.a-document-that-is-embedded-in-it': { en: 'A document that is embedded in it was not read.', zh: '其中嵌入的文档未读取。' },
  'document.a-file-that-is-embedded-in-the': { en: 'A file that is embedded in the sheet was not read.', zh: '工作表中嵌入的文件未读取。' },
  'document.a-picture': { en: 'A picture', zh: '图片' },
  'document.a-table-of-the-page-has-more': {
    en: 'A table of the page has more than {$places} cells.',
    zh: '网页中有表格超过 {$places} 个单元格。',
  },
  'document.an-embedded-document': { en: 'An embedded document', zh: '嵌入的文档' },
  'document.an-embedded-object': { en: 'An embedded object', zh: '嵌入的对象' },
  'document.at-the-file-has-more-than-characters': {
    en: 'At {$address} the file has more than {$allCharacters} characters.',
    zh: '读至 {$address}，文件已超过 {$allCharacters} 个字符。',
  },
  'document.at-the-file-has-more-than-lines': {
    en: 'At {$address} the file has more than {$lines} lines.',
    zh: '读至 {$address}，文件已超过 {$lines} 行。',
  },
  'document.at-the-file-has-more-than-lines-and-cells': {
    en: 'At {$address} the file has more than {$places} lines and cells.',
    zh: '读至 {$address}，文件的行和单元格已超过 {$places} 个。',
  },
  'document.at-the-head-or-foot-of-printed': { en: 'At the head or foot of printed pages: {$text}', zh: '打印页的页眉或页脚：{$text}' },
  'document.at-the-of-the-pages': { en: 'At the {$name} of the pages: {$text}', zh: '页眉或页脚（{$name}）：{$text}' },
  'document.cells-refer-to-other-files-they-were': {
    en: 'Cells refer to other files; they were read with the results that this file holds.',
    zh: '有单元格引用其他文件；已按本文件保存的结果读取。',
  },
  'document.characters-that-nobody-sees-were-left-out': { en: 'Characters that nobody sees were left out.', zh: '已去掉不可见字符。' },
  'document.declares-a-document-type-which-office-files': {
    en: '{$part} declares a document type, which office files do not have.',
    zh: '{$part} 声明了文档类型，而办公文件不应有此声明。',
  },
  'document.deleted-and-not-yet-accepted-not-read': {
    en: 'Deleted and not yet accepted, not read: {$deleted}',
    zh: '修订中删除、尚未接受，未读取：{$deleted}',
  },
  'document.formatted-as-hidden-read-as-text': {
    en: 'Formatted as hidden, read as text: {$hidden}',
    zh: '设为隐藏文字，按正文读取：{$hidden}',
  },
  'document.has-characters-one-place-holds-at-most': {
    en: '{$address} has {$count} characters; one place holds {$characters} at most.',
    zh: '{$address} 有 {$count} 个字符；一处至多 {$characters} 个。',
  },
  'document.the-cell-names-a-text-that-is-not': {
    en: 'The cell names a text that is not in the file, so what it says is not known.',
    zh: '单元格引用的文本不在文件中，其内容无法得知。',
  },
  'document.the-cell-is-there-twice': {
    en: '{$place} is in the file twice: which one holds is not known. Open and save it in a spreadsheet program.',
    zh: '{$place} 在文件中出现两次，无法确定以哪个为准。请用表格软件打开并重新保存。',
  },
  'document.is-no-place-of-a-sheet': {
    en: '{$part} has a cell or row at “{$place}”, which is no place of that row or sheet: the file is damaged.',
    zh: '{$part} 中有单元格或行位于“{$place}”，不是该行或该表的位置：文件已损坏。',
  },
  'document.has-more-than-cells': { en: '{$part} has more than {$places} cells.', zh: '{$part} 的单元格超过 {$places} 个。' },
  'document.has-more-than-elements': { en: '{$part} has more than {$elements} elements.', zh: '{$part} 的元素超过 {$elements} 个。' },
  'document.has-no-text': { en: '{$main} has no text.', zh: '{$main} 没有正文。' },
  'document.hidden-on-the-page-read-as-text': { en: 'Hidden on the page, read as text: {$text}', zh: '网页上隐藏，按正文读取：{$text}' },
  'document.inserted-and-not-yet-accepted-read-as': {
    en: 'Inserted and not yet accepted, read as text: {$inserted}',
    zh: '修订中插入、尚未接受，按正文读取：{$inserted}',
  },
  'document.is-empty': { en: '{$part} is empty.', zh: '{$part} 是空的。' },
  'document.is-nested-more-than-levels-deep': {
    en: '{$part} is nested more than {$depth} levels deep.',
    zh: '{$part} 嵌套超过 {$depth} 层。',
  },
  'document.is-no-well-formed-xml': { en: '{$part} is no well-formed XML: {$message}.', zh: '{$part} 不是合格的 XML：{$message}。' },
  'document.merges-more-than-areas-of-cells': {
    en: '{$part} merges more than {$MAX_MERGED} areas of cells.',
    zh: '{$part} 合并的单元格区域超过 {$MAX_MERGED} 处。',
  },
  'document.on-the-sheet-was-not-read': { en: '{$what} on the sheet was not read.', zh: '工作表上的{$what}未读取。' },
  'document.other-file': { en: '{$what}; {$send}.', zh: '{$what}；{$send}。' },
  'document.picture-s-of-the-page-were-not': {
    en: '{$pictures} picture(s) of the page were not read.',
    zh: '网页中有 {$pictures} 张图片未读取。',
  },
  'document.place-s-are-no-and-were-replaced': {
    en: '{$replaced} place(s) are no {$encoding} and were replaced by �; the text was cut or joined from two encodings.',
    zh: '有 {$replaced} 处不是 {$encoding} 编码，已以 � 代替；文本可能被截断，或由两种编码拼接而成。',
  },
  'document.send-it-as-docx-xlsx-csv-html': {
    en: 'send it as .docx, .xlsx, .csv, .html or plain text',
    zh: '请以 .docx、.xlsx、.csv、.html 或纯文本格式送交',
  },
  'document.signs-of-a-web-page-such-as': {
    en: 'Signs of a web page such as &nbsp; were read as what they stand for.',
    zh: '&nbsp; 等网页符号已按其含义读取。',
  },
  'document.struck-through': { en: 'Struck through: {$struckThrough}', zh: '带删除线：{$struckThrough}' },
  'document.the-bytes-are-no-text-in-utf': {
    en: 'The bytes are no text in UTF-8, GB18030 or UTF-16, and no .xlsx or .docx file.',
    zh: '所送字节既不是 UTF-8、GB18030 或 UTF-16 文本，也不是 .xlsx 或 .docx 文件。',
  },
  'document.the-cell-holds-a-table-which-is': {
    en: 'The cell holds a table, which is read behind this one.',
    zh: '单元格中嵌有表格，已在本表之后读取。',
  },
  'document.the-column-is-hidden-it-was-read': { en: 'The column is hidden; it was read all the same.', zh: '该列隐藏；仍已读取。' },
  'document.the-file-begins-as-does-and-is': {
    en: 'The file begins as {$encoding} does and is not written in it.',
    zh: '文件开头标明为 {$encoding}，内容却不是该编码。',
  },
  'document.the-file-does-not-say-which-of': {
    en: 'The file does not say which of its parts is the document.',
    zh: '文件没有标明哪一部分是正文。',
  },
  'document.the-file-has-bytes-are-read-at': {
    en: 'The file has {$count} bytes; {$bytes} are read at most.',
    zh: '该文件有 {$count} 字节；至多读取 {$bytes} 字节。',
  },
  'document.the-file-has-no-result-for-the': {
    en: 'The file has no result for the formula ={$formula}',
    zh: '文件中没有公式 ={$formula} 的计算结果',
  },
  'document.the-file-has-sheets-are-read': {
    en: 'The file has {$count} sheets; {$sheets} are read.',
    zh: '文件有 {$count} 个工作表；至多读取 {$sheets} 个。',
  },
  'document.the-file-holds-parts-are-read-at': {
    en: 'The file holds {$entryCount} parts; {$entries} are read at most.',
    zh: '文件含 {$entryCount} 个部分；至多读取 {$entries} 个。',
  },
  'document.the-file-is-a-compound-file-of': {
    en: 'The file is a compound file of an old program; {$SEND}.',
    zh: '该文件是旧程序的复合文档；{$SEND}。',
  },
  'document.the-file-is-a-pdf': { en: 'The file is a PDF', zh: '该文件是 PDF' },
  'document.the-file-is-a-picture': { en: 'The file is a picture', zh: '该文件是图片' },
  'document.the-file-is-a-web-page-saved': {
    en: 'The file is a web page saved in one file (.mht)',
    zh: '该文件是保存为单个文件的网页（.mht）',
  },
  'document.the-file-is-an-archive': { en: 'The file is an archive', zh: '该文件是压缩包' },
  'document.the-file-is-an-archive-of-files': {
    en: 'The file is an archive of {$count} files; send each of them by itself.',
    zh: '该文件是含 {$count} 个文件的压缩包；请逐个送交。',
  },
  'document.the-file-is-an-ofd-document': { en: 'The file is an OFD document; {$SEND}.', zh: '该文件是 OFD 文档；{$SEND}。' },
  'document.the-file-is-an-office-file-of': {
    en: 'The file is an office file of another kind ({$value}); save it as .xlsx or .docx.',
    zh: '该文件是其他种类的办公文件（{$value}）；请另存为 .xlsx 或 .docx。',
  },
  'document.the-file-is-damaged-and-cannot-be': {
    en: 'The file is damaged and cannot be unzipped: {$message}.',
    zh: '文件已损坏，无法解压：{$message}。',
  },
  'document.the-file-is-empty': { en: 'The file is empty.', zh: '该文件是空的。' },
  'document.the-file-is-in-a-format-of': {
    en: 'The file is in a format of OpenDocument or of a book; save it as .xlsx or .docx.',
    zh: '该文件是 OpenDocument 或电子书格式；请另存为 .xlsx 或 .docx。',
  },
  'document.the-file-is-in-rich-text-format': { en: 'The file is in Rich Text Format', zh: '该文件是富文本格式' },
  'document.the-file-is-in-the-old-format-of-excel-or': {
    en: 'The file is in the old format of Excel or WPS (.xls, .et); save it as .xlsx.',
    zh: '该文件是 Excel 或 WPS 的旧格式（.xls、.et）；请另存为 .xlsx。',
  },
  'document.the-file-is-in-the-old-format-of-word-or': {
    en: 'The file is in the old format of Word or WPS (.doc, .wps); save it as .docx.',
    zh: '该文件是 Word 或 WPS 的旧格式（.doc、.wps）；请另存为 .docx。',
  },
  'document.the-file-is-in-the-xml-format': { en: 'The file is in the XML format of Office 2003', zh: '该文件是 Office 2003 的 XML 格式' },
  'document.the-file-is-incomplete-its-part-is': {
    en: 'The file is incomplete: its part {$name} is missing.',
    zh: '文件不完整：缺少 {$name} 部分。',
  },
  'document.the-file-is-locked-with-a-password': {
    en: 'The file is locked with a password; save it without one.',
    zh: '该文件设有密码；请去除密码后另存。',
  },
  'document.the-macros-of-the-file-were-not': { en: 'The macros of the file were not read.', zh: '文件中的宏未读取。' },
  'document.the-page-has-more-than-elements': { en: 'The page has more than {$elements} elements.', zh: '网页的元素超过 {$elements} 个。' },
  'document.the-page-is-nested-more-than-levels': {
    en: 'The page is nested more than {$depth} levels deep.',
    zh: '网页嵌套超过 {$depth} 层。',
  },
  'document.the-part-is-in-the-file-twice': { en: 'The part {$fileName} is in the file twice.', zh: '文件中 {$fileName} 部分出现了两次。' },
  'document.the-row-has-cell-s-where-the': {
    en: 'The row has {$count} cell(s) where the others have {$width}.',
    zh: '该行有 {$count} 个单元格，其他行有 {$width} 个。',
  },
  'document.the-row-is-deleted-and-not-yet': {
    en: 'The row is deleted and not yet accepted; it was read.',
    zh: '该行在修订中删除、尚未接受；已读取。',
  },
  'document.the-row-is-hidden-it-was-read': { en: 'The row is hidden; it was read all the same.', zh: '该行隐藏；仍已读取。' },
  'document.the-row-is-inserted-and-not-yet': {
    en: 'The row is inserted and not yet accepted; it was read.',
    zh: '该行在修订中插入、尚未接受；已读取。',
  },
  'document.the-sheet-has-more-than-cells': {
    en: 'The sheet {$sheet} has more than {$places} cells.',
    zh: '工作表 {$sheet} 的单元格超过 {$places} 个。',
  },
  'document.the-sheet-has-no-cell-with-a': { en: 'The sheet has no cell with a text.', zh: '工作表中没有带文字的单元格。' },
  'document.the-sheet-is-a-chart-or-a': {
    en: 'The sheet is a chart or a dialog and was not read.',
    zh: '该工作表是图表或对话框，未读取。',
  },
  'document.the-sheet-is-hidden-it-was-read': { en: 'The sheet is hidden; it was read all the same.', zh: '该工作表隐藏；仍已读取。' },
  'document.the-sheet-merges-more-than-cells': {
    en: 'The sheet merges more than {$places} cells.',
    zh: '工作表合并的单元格超过 {$places} 个。',
  },
  'document.the-text-is-struck-through': { en: 'The text is struck through.', zh: '文字带删除线。' },
  'document.the-text-reads-as-gb18030-but-with': {
    en: 'The text reads as GB18030, but with so many rare characters that it may be in another encoding, such as Big5.',
    zh: '文本按 GB18030 读出，但生僻字过多，可能是 Big5 等其他编码。',
  },
  'document.there-are-more-of-this-kind-which': {
    en: 'There are more of this kind, which are not listed.',
    zh: '同类情况还有，不再列出。',
  },
  'document.unzipped-the-file-has-more-than-mib': {
    en: 'Unzipped, the file has more than {$n} MiB, which is more than such a file can need.',
    zh: '解压后文件超过 {$n} MiB，超出此类文件应有的大小。',
  },
  'document.was-not-read': { en: '{$object} was not read.', zh: '{$object}未读取。' },
  'document.what-the-page-embeds-here-was-not': {
    en: 'What the page embeds here ({$name}) was not read.',
    zh: '网页此处嵌入的内容（{$name}）未读取。',
  },
});
