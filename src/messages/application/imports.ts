import { messages } from '../message.ts';

export const applicationImports = messages({
  'application.imports.another-edition': {
    en: 'it is another edition of {$directive}: say the reason and the authority on which it is taken',
    zh: '这是文件 {$directive} 的另一版本：请说明采用的理由和依据',
  },
  'application.imports.line-asks': {
    en: 'of {$count} line of the difference a person must say whether it is taken: {$first}',
    zh: '差异中有 {$count} 行须由人说明是否采用：{$first}',
  },
  'application.imports.lines-ask': {
    en: 'of {$count} lines of the difference a person must say whether it is taken: {$first}',
    zh: '差异中有 {$count} 行须由人说明是否采用：{$first}',
  },
  'application.imports.too-many-items': {
    en: 'It holds {$items} items, and one document {$most} at most: send it in parts.',
    zh: '文件有 {$items} 项，而一份文件至多 {$most} 项：请分次送交。',
  },
  'application.imports.says-too-much': {
    en: 'what it says in one place takes {$bytes} bytes, and an event has at most {$most}: set some of its lines to `noise`',
    zh: '有一处内容占 {$bytes} 字节，而一个事件至多 {$most} 字节：请将其中若干行标为 `noise`',
  },
  'application.imports.no-such-unit': {
    en: '{$name} is said to be {$unit}, and no such unit is registered',
    zh: '指明 {$name} 是 {$unit}，而没有登记该单位',
  },
  'application.imports.tasks-exist': {
    en: '{$some} exist already, but not from this document: give the directive another id',
    zh: '{$some} 已存在，但不是出自本文件：请给文件另定编号',
  },
  'application.imports.more-tasks-exist': {
    en: '{$some} … exist already, but not from this document: give the directive another id',
    zh: '{$some} 等已存在，但不是出自本文件：请给文件另定编号',
  },
  'application.imports.changed-since': {
    en: 'since the difference was shown somebody has changed {$what}: look at it again',
    zh: '显示差异之后，{$what} 已被变更：请重新查看',
  },
  'application.imports.directive-known-already-from-another-source': {
    en: 'a directive {$named} is known already, from another source',
    zh: '文件 {$named} 此前已录入，来源不同',
  },
  'application.imports.no-item-or-more-than-one': {
    en: 'no item, or more than one, is called {$item}',
    zh: '没有名为 {$item} 的条目，或者不止一个',
  },
  'application.imports.name-not-in-document': {
    en: 'the document has no such name: {$name}',
    zh: '文件中没有这个名称：{$name}',
  },
  'application.imports.nothing-stands-at': { en: 'nothing stands at {$address}', zh: '{$address} 处没有内容' },
  'application.imports.has-no-finding': { en: 'it has no finding {$n}', zh: '没有第 {$n} 号疑点' },
  'application.imports.finding-answered-by-correction-not-set': {
    en: 'finding {$n} is answered by a correction, not set aside: {$detail}',
    zh: '第 {$n} 号疑点须以更正答复，不能搁置：{$detail}',
  },
  'application.imports.no-document-was-sent-under-this': { en: 'no document was sent under this id', zh: '没有以此编号送交过文件' },
  'application.imports.bytes-not-here': { en: 'the bytes of {$sha256} are not here', zh: '{$sha256} 的字节不在此处' },
  'application.imports.stored-bytes-no-longer-have-this': {
    en: 'the stored bytes of {$sha256} no longer have this digest',
    zh: '{$sha256} 所存字节的摘要已与之不符',
  },
  'application.imports.reading-document-takes-more-memory-than': {
    en: 'Reading the document takes more memory than a document is given.',
    zh: '读取该文件所需内存超过一份文件的限额。',
  },
  'application.imports.reading-document-took-longer-than-s': {
    en: 'Reading the document took longer than {$limitMs} s and was broken off.',
    zh: '读取该文件用时超过 {$limitMs} 秒，已中断。',
  },
  'application.imports.sent-beside-address-one-says-where': {
    en: 'is sent beside an address: one says where it stands',
    zh: '与地址同时填写：二者只能填一项，以指明所在之处',
  },
  'application.imports.no-item-or-more-than-one-2': {
    en: 'no item, or more than one, is called {$named}',
    zh: '没有名为 {$named} 的条目，或者不止一个',
  },
  'application.imports.nothing-stands-at-2': { en: 'nothing stands at {$placed}', zh: '{$placed} 处没有内容' },
  'application.imports.at-that-finding-already': { en: 'at {$address} that is a finding already', zh: '{$address} 处已有此疑点' },
  'application.imports.about': { en: '{$what}: {$detail}', zh: '{$what}：{$detail}' },
  'application.imports.difference-has-no-line': { en: 'its difference has no line {$line}', zh: '其差异中没有 {$line} 这一行' },
  'application.imports.goes-on-by-itself': {
    en: 'its commit into directive {$directive} has begun, and goes on by itself: lines of the difference are decided where it is stopped',
    zh: '其录入文件 {$directive} 的提交已经开始，正在自行继续；差异中的行须待其停止后方可另作决定',
  },
  'application.imports.decided-since': {
    en: 'since it was stopped somebody has decided lines of the difference: send the commit again',
    zh: '停止之后，已有人对差异中的行作出决定：请再次发送提交',
  },
  'application.imports.ids-held': {
    en: 'the commit of directive {$directive} is not at its end: until it is, its ids are its own',
    zh: '文件 {$directive} 的提交尚未完成：完成之前，其编号不得另用',
  },
  'application.imports.service-stops': { en: 'the service stops', zh: '服务正在停止' },
  'application.imports.read-otherwise': {
    en: 'it was read with {$before} when its commit began, and {$now} may read it otherwise: look at the draft and send the commit again',
    zh: '提交开始时由 {$before} 读取，{$now} 的读法可能不同：请核对草稿后再次发送提交',
  },
});
