import { messages } from '../message.ts';

export const cliImporting = messages({
  'cli.is-no-profile': { en: '{$path} is no profile: /{$pointer} {$why}', zh: '{$path} 不是行文样式：/{$pointer} {$why}' },
  'cli.file-refused': { en: '{$file}: {$why}', zh: '{$file}：{$why}' },
  'cli.say-reason-and-authority': { en: 'to take it, say --reason and --authority', zh: '如要采用，请写明 --reason 和 --authority' },
  'cli.effective-from-day': {
    en: '--effective-from must be a civil date, YYYY-MM-DD, of the years 0001 to 9998',
    zh: '--effective-from 应为日期，YYYY-MM-DD，年份在 0001 至 9998 之间',
  },
  'cli.no-title': { en: 'no title', zh: '无标题' },
  'cli.no-number': { en: 'no number', zh: '无文号' },
  'cli.no-issuer': { en: 'no issuer', zh: '无发文机关' },
  'cli.no-date': { en: 'no date', zh: '无日期' },
  'cli.missing': { en: 'missing', zh: '缺失' },
  'cli.none': { en: 'none', zh: '无' },
  'cli.heading': { en: '{$number} · {$issuer} · {$date} · id {$id}', zh: '{$number} · {$issuer} · {$date} · 编号 {$id}' },

  'cli.column-item': { en: 'item', zh: '事项' },
  'cli.column-number': { en: 'no.', zh: '序号' },
  'cli.column-text': { en: 'text', zh: '内容' },
  'cli.column-parties': { en: 'parties', zh: '单位' },
  'cli.column-leaders': { en: 'leaders', zh: '领导' },
  'cli.column-deadline': { en: 'deadline', zh: '时限' },
  'cli.column-quantities': { en: 'quantities', zh: '指标' },
  // As the documents write it, in whichever language the table around it is.
  'cli.party-lead': { en: '牵头 {$name}', zh: '牵头 {$name}' },
  'cli.party-cooperating': { en: '配合 {$name}', zh: '配合 {$name}' },
  'cli.party-responsible': { en: '{$name}', zh: '{$name}' },

  'cli.schedule': { en: 'schedule: {$words}', zh: '报送要求：{$words}' },
  'cli.units-all-known': { en: 'units: all known', zh: '单位：均已登记' },
  'cli.units-new': { en: 'units: {$n} new: {$names}', zh: '单位：{$n} 个新单位：{$names}' },
  'cli.lines': { en: 'lines: {$lines}, {$unread} unread', zh: '行：{$lines}，{$unread} 行未读懂' },
  'cli.findings': {
    en: 'findings: {$findings}, {$aside} set aside, {$open} open that block',
    zh: '疑点：{$findings} 个，{$aside} 个已搁置，{$open} 个必须先处理',
  },
  'cli.address-line': { en: 'line {$n}', zh: '第 {$n} 行' },
  'cli.address-paragraph': { en: 'paragraph {$n}', zh: '第 {$n} 段' },
  'cli.address-row': { en: 'table {$table}, row {$row}', zh: '表 {$table} 第 {$row} 行' },
  'cli.address-cell': { en: 'table {$table}, row {$row}, cell {$cell}', zh: '表 {$table} 第 {$row} 行第 {$cell} 格' },
  'cli.finding': { en: '  {$n}. {$address}: {$kind}: {$detail}', zh: '  {$n}. {$address}：{$kind}：{$detail}' },
  'cli.finding-todo': { en: '     {$todo}', zh: '     {$todo}' },

  'cli.another-edition': {
    en: 'another edition of {$directive}: {$added} added, {$changed} changed, {$dropped} dropped, {$unchanged} unchanged',
    zh: '{$directive} 的另一版：新增 {$added} 项，改动 {$changed} 项，删去 {$dropped} 项，未变 {$unchanged} 项',
  },
  'cli.asks': { en: '    {$asks}', zh: '    {$asks}' },
  'cli.schedule-before': { en: '    before: {$names}', zh: '    原为：{$names}' },
  'cli.schedule-after': { en: '    after: {$names}', zh: '    改为：{$names}' },
});
