import { messages } from '../message.ts';

export const applicationImports = messages({
  'application.imports.task-exists-but-not-from-this': {
    en: 'a task {$id} exists, but not from this document',
    zh: '任务 {$id} 已存在，但不是出自本文件',
  },
  'application.imports.directive-known-already-from-another-source': {
    en: 'a directive {$named} is known already, from another source',
    zh: '文件 {$named} 此前已录入，来源不同',
  },
  'application.imports.no-item-or-more-than-one': {
    en: 'no item, or more than one, is called {$item}',
    zh: '没有名为 {$item} 的条目，或者不止一个',
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
});
