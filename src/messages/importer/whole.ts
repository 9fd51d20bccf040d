import { messages } from '../message.ts';

/** What only the whole document shows. The English is what the log knows a finding by: it stays as it is. */
export const importerWhole = messages({
  'finding.are-added-to-every-item': { en: '“{$text}”: {$defaults} are added to every item', zh: '“{$text}”：{$defaults}已加到每一项' },
  'finding.encoding-not-utf-8': { en: 'encoding: {$encoding}, not UTF-8', zh: '编码：{$encoding}，不是 UTF-8' },
  'finding.every-item-is-read-as-that-party': {
    en: "“{$text}”: every item is read as that party's",
    zh: '“{$text}”：各项均按由该单位承担读取',
  },
  'finding.is-numbered-names-nobody-and-is-taken': {
    en: '“{$text}” is numbered, names nobody and is taken as a part of the head',
    zh: '“{$text}”有序号而没有责任单位，作为首部内容',
  },
  'finding.is-numbered-says-who-and-is-no-task': {
    en: '“{$text}” is numbered and says who is to do something, and could not be read as a task',
    zh: '“{$text}”有序号且写明由谁办理，可能是任务，但未能按任务读取',
  },
  'finding.is-taken-as-prose': { en: '“{$text}” is taken as prose', zh: '“{$text}”作为说明文字' },
  'finding.item-names-nobody-and-asks-for-reports': {
    en: 'item {$number} names nobody and asks for reports; they are read as owed by all',
    zh: '第 {$number} 项没有责任单位而要求报送；按所有单位均须报送读取',
  },
  'finding.no-document-number-was-found-an-id': {
    en: 'no document number was found: an id must be given by a person',
    zh: '没有找到文号：须由人指定编号',
  },
  'finding.no-title-was-found': { en: 'no title was found', zh: '没有找到标题' },
  'finding.nothing-was-found-that-is-assigned-to': {
    en: 'nothing was found that is assigned to anybody',
    zh: '没有找到布置给任何单位的任务',
  },
  'finding.offices-inside-one-body-are-the-parties': {
    en: 'offices inside one body are the parties: {$names}',
    zh: '责任单位是同一机构的内设科室：{$names}',
  },
  'finding.stands-behind-item-and-assigns-nothing-that': {
    en: '“{$text}” stands behind item {$after} and assigns nothing that was read',
    zh: '“{$text}”在第 {$after} 项之后，未读出所布置的任务',
  },
  'finding.the-day-of-the-document-was-not': { en: 'the day of the document was not found', zh: '没有找到成文日期' },
  'finding.the-deadline-of-lies-before-the-document': {
    en: 'the deadline of {$number}, {$date}, lies before the document, of {$date2}',
    zh: '{$number} 的时限 {$date} 早于成文日期 {$date2}',
  },
  'finding.the-title-announces-and-were-read': {
    en: 'the title announces {$announced}, and {$count} were read',
    zh: '标题称有 {$announced} 项，读出 {$count} 项',
  },
  'finding.was-not-read': { en: '“{$text}” was not read', zh: '“{$text}”未读取' },
  'finding.who-is-listed-first-is-read-as': {
    en: '“{$text}”: who is listed first is read as leading',
    zh: '“{$text}”：列在首位的按牵头单位读取',
  },
  'finding.who-issues-the-document-was-not-found': { en: 'who issues the document was not found', zh: '没有找到发文机关' },
});
